/** Completion for fish. */
import type { CommandNode, Flag, Values } from './tree.js';

const word = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The part of a `complete` that says what follows. */
function follows(values: Values | undefined): string {
  if (values === undefined) return '';
  if (values.kind === 'words') return ` -x -a ${word(values.words.join(' '))}`;
  return values.kind === 'file' ? ' -r -F' : ' -x';
}

const nameOf = (name: string): string => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`);

const flagLine = (at: string, { names, description, values, optional }: Flag): string =>
  `complete -c ldfi ${at} ${names.map(nameOf).join(' ')}${optional ? ' -f' : follows(values)} -d ${word(description)}`;

function linesOf({ path, commands, flags, values }: CommandNode): string[] {
  const at = `-n ${word(`__ldfi_at ${path}`.trim())}`;
  const own = commands.length > 0 || values?.kind !== 'file' ? [`complete -c ldfi ${at} -f`] : [];
  const choices = values?.kind === 'words' ? [`complete -c ldfi ${at}${follows(values)}`] : [];
  return [
    ...own,
    ...commands.map(({ name, description }) => `complete -c ldfi ${at} -a ${word(name)} -d ${word(description)}`),
    ...choices,
    ...flags.map((flag) => flagLine(at, flag)),
  ];
}

const cases = (nodes: readonly CommandNode[]): string[] =>
  nodes
    .filter(({ path }) => path !== '')
    .flatMap(({ path, parent, name }) => [
      `      case ${word(`${parent}:${name}`)}`,
      `        set where ${word(path)}`,
    ]);

export const fishScript = (nodes: readonly CommandNode[]): string => `# Completion of ldfi for fish:
#   ldfi completion fish > ~/.config/fish/completions/ldfi.fish
function __ldfi_at
  set -l where ''
  for word in (commandline -opc)[2..]
    switch "$where:$word"
${cases(nodes).join('\n')}
    end
  end
  test "$where" = "$argv"
end
${nodes.flatMap(linesOf).join('\n')}
`;
