/** Commands of `ldfi` in the documentation, and whether the real command line takes them. */
import * as yaml from 'yaml';
import { batch, folder, ldfi } from '../cli/support.js';
import { blocksIn, PAGES, proseOf } from './pages.js';

export interface DocumentedCommand {
  readonly page: string;
  /** The words after `ldfi`. */
  readonly words: readonly string[];
}

/** Commands that wait for something, and never end by themselves: of these the help must know every flag. */
const WAITS = ['lsp', 'worker', 'playground'];
const WAITING_FLAGS = ['--watch', '--open', '--queue'];

/** All that are written as `npx ldfi …`: in blocks of shell and YAML, and in the text. */
export function allCommands(): DocumentedCommand[] {
  const inText = PAGES.flatMap((page) =>
    [...proseOf(page).matchAll(/`(npx\s+ldfi\s[^`]+)`/g)].map(([, line = '']) => ({ page, line })),
  );
  const inShell = blocksIn('sh').flatMap(({ page, text }) => text.split('\n').map((line) => ({ page, line })));
  const inYaml = blocksIn('yaml').flatMap(({ page, text }) =>
    stringsIn(yaml.parse(text)).map((line) => ({ page, line: line.replaceAll(/\$\{\{.*?\}\}/g, '1') })),
  );
  return [...inText, ...inShell, ...inYaml].flatMap(({ page, line }) =>
    line.split(/\s&&\s/).flatMap((part) => {
      const [, after] = /^npx\s+ldfi\s+([\s\S]*)$/.exec(part.trim()) ?? [];
      return after === undefined ? [] : [{ page, words: wordsOf(after) }];
    }),
  );
}

const stringsIn = (data: unknown): string[] =>
  typeof data === 'string'
    ? data.split('\n')
    : typeof data === 'object' && data !== null
      ? Object.values(data).flatMap(stringsIn)
      : [];

/** The words of a command up to the first redirection or pipe. */
export function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  const end = words.findIndex((word) => word === '>' || word === '|' || word === '#');
  return end < 0 ? words : words.slice(0, end);
}

/** What the command line says against a command as it is written, without doing what it asks; by command. */
export function complaints(commands: readonly DocumentedCommand[]): string[] {
  const waits = ({ words }: DocumentedCommand): boolean =>
    WAITS.includes(words[0] ?? '') || words.some((word) => WAITING_FLAGS.includes(word));
  // `init` comes last: it writes a project, and `test` would search it.
  const isInit = ({ words }: DocumentedCommand): boolean => words[0] === 'init';
  const ending = commands.filter((one) => !waits(one)).sort((a, b) => Number(isInit(a)) - Number(isInit(b)));
  // In an empty folder whatever they need is missing; but flags are read first.
  const finished = batch(
    folder(),
    ending.map(({ words }) => words),
  );
  if (finished.length !== ending.length) return [`only ${finished.length} of ${ending.length} commands ended`];
  const refused = ending.flatMap(({ page, words }, i) => {
    const said = finished[i]?.stderr ?? '';
    // Where a text only names a command.
    if (words.length === 1 && said.includes('missing required argument')) return [];
    return said.includes('use --help for the flags') ? [`${page}: ${words.join(' ')}: ${said}`] : [];
  });
  const unknown = commands.filter(waits).flatMap(({ page, words }) => {
    const help = ldfi(folder(), [words[0] ?? '', '--help']).stdout;
    const flags = words.filter((word) => word.startsWith('--')).map((word) => word.split('=')[0] ?? '');
    return flags.filter((flag) => !help.includes(flag)).map((flag) => `${page}: ${words[0]} has no ${flag}`);
  });
  return [...refused, ...unknown];
}
