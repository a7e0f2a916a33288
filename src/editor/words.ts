/**
 * What the words of the language mean, each in a sentence or two: for hover and completion.
 */
import { CRASH, NEVER, POST, PRE } from '../dedalus/builtin.js';
import { VERDICTS } from '../dedalus/program.js';
import { boundNames, boundRanges } from '../faults/bounds.js';
import { kinds } from '../faults/kinds.js';
import { listNames } from '../faults/names.js';

/** Relations that mean something of their own. */
export const RELATION_MEANINGS: Readonly<Record<string, string>> = {
  [CRASH]:
    'Built in: `crash(Observer, Node, CrashTick)`. Node crashes at CrashTick in this scenario; it holds at every tick and every node. For assertions only.',
  [PRE]: 'The promise: at the last tick, every row of `pre` is a row of `post`.',
  [POST]: 'The promise: at the last tick, every row of `pre` is a row of `post`.',
  [NEVER]: 'A promise of every tick: at none is there a row of it.',
};

/** Words of clauses. */
export const CLAUSE_WORDS: Readonly<Record<string, string>> = {
  notin: 'No such fact at this tick. A variable that stands nowhere else acts as `_`.',
  '@next': 'The head holds at the next tick, at the same node. Nothing persists unless a rule says so.',
  '@async': 'A message: sent at this tick to the node in the first argument, there at the next tick, or never.',
  include: 'The clauses of another file: next to this one, or else next to the first file of the program.',
  _: 'Matches anything and binds nothing; every use is distinct.',
};

export const AGGREGATE_WORDS: Readonly<Record<string, string>> = {
  count: 'How many distinct values there are in each group of the other arguments; an empty group gives nothing.',
  min: 'The least value in each group of the other arguments.',
  max: 'The greatest value in each group of the other arguments.',
  sum: 'The sum of the distinct values in each group of the other arguments.',
  avg: 'The average of the distinct values in each group of the other arguments.',
};

/** The first words of `//!` comments. */
export const directiveWords = (): Record<string, string> => ({
  check: 'A question: does the promise hold within these bounds? `ldfi run` and `ldfi test` answer it.',
  durable: 'The relations that survive a restart.',
  timer: 'The relations that count time, which stands still where a clock does.',
  output: 'The relations that the program is there for: `ldfi calm` says which of them need coordination.',
  groups: 'Groups of nodes, `west = a b, east = c d`: partitions are between them.',
  ...Object.fromEntries(listNames().map((name) => [name, listMeaning(name)])),
});

/** The keys of `//! check`. */
export const checkKeys = (): Record<string, string> => ({
  name: 'What the check is called.',
  ...Object.fromEntries(boundNames().map((name) => [name, boundMeaning(name)])),
  faults: `The kinds of faults, as in \`omission,crash,delay:2\`; there are ${kinds()
    .map(({ kind }) => kind)
    .join(', ')}.`,
  nodes: 'The nodes, as in `a,b,c`; all locations of the facts if it is left out.',
  expect: `The verdict that \`ldfi test\` expects: ${VERDICTS.join(', ')}.`,
  allow: 'Warnings that are meant to be given, as in `short-eot,dead-rule`: `--strict` admits them.',
  groups: 'Groups of nodes, as in `"west = a b, east = c d"`: partitions are between them.',
  ...Object.fromEntries(listNames().map((name) => [name, listMeaning(name)])),
});

function boundMeaning(name: ReturnType<typeof boundNames>[number]): string {
  const { help, least, most } = boundRanges()[name];
  return `${help.slice(0, 1).toUpperCase()}${help.slice(1)}. A whole number from ${least} to ${most}.`;
}

function listMeaning(name: string): string {
  if (name === 'reliable') return 'Nodes and links that never fail, as in `client, a>b`.';
  if (name === 'symmetric') return 'Nodes that are alike.';
  return `The only nodes that are ${name}; all if it is left out.`;
}
