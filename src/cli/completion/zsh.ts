/** Completion for zsh. */
import { offers, transitions, word } from './cases.js';
import type { CommandNode, Values } from './tree.js';

const words = (all: readonly string[]): string => all.map(word).join(' ');

function replies(values: Values | undefined): string {
  if (values?.kind === 'words') return `compadd -- ${words(values.words)}; return`;
  return values?.kind === 'file' ? '_files; return' : 'return';
}

/** `name:what it does`, as _describe takes it. */
const described = (items: readonly (readonly [string, string])[]): string =>
  words(items.map(([name, description]) => `${name.replaceAll(':', '\\:')}:${description}`));

const inCommand = ({ path, commands, flags, values }: CommandNode): string[] => [
  `    ${word(path)})`,
  `      if [[ $cur == -* ]]; then`,
  `        items=(${described(flags.flatMap(({ names, description }) => names.map((name) => [name, description] as const)))})`,
  `        _describe -o 'flag' items; return`,
  `      fi`,
  ...(commands.length > 0
    ? [
        `      items=(${described(commands.map(({ name, description }) => [name, description]))})`,
        `      _describe 'command' items ;;`,
      ]
    : [`      ${replies(values)} ;;`]),
];

export const zshScript = (nodes: readonly CommandNode[]): string => `#compdef ldfi
# Completion of ldfi for zsh. In ~/.zshrc, after compinit:
#   source <(ldfi completion zsh)
_ldfi() {
  local cur=\${words[CURRENT]} prev=\${words[CURRENT-1]} where='' i
  local -a items
  for ((i = 2; i < CURRENT; i++)); do
    if [[ \${words[i]} == -- ]]; then _files; return; fi
    case "$where:\${words[i]}" in
${transitions(nodes)}
    esac
  done
${offers(nodes, replies, inCommand)}
compdef _ldfi ldfi
`;
