/** Diagnostics of `//! …` lines. */
import type { Entries } from './entry.js';

const FACT = 'log("a", "x")@1;';

export const DIRECTIVES: Entries = {
  'unknown-directive': {
    means: `A comment that begins with \`//!\` tells \`ldfi\` something, and its first word is not known. Where it looks
      like a slip for \`check\` this is an error, because a check would silently be lost; otherwise it is a warning.`,
    example: `//! chek eot=6\n${FACT}`,
    mended: `//! check eot=6\n${FACT}`,
    remedy: 'Correct the word. A plain comment begins with `//`.',
    read: 'dedalus.md',
  },
  'directive-key': {
    means:
      'A check has a fixed list of keys: bounds, kinds of faults, lists of nodes, `name` and `expect`. This is none.',
    example: `//! check eto=6\n${FACT}`,
    mended: `//! check eot=6\n${FACT}`,
    remedy: 'Correct the key; the message suggests one, or lists them all.',
    read: 'reference.md#commands',
  },
  'directive-value': {
    means: `The value of a key is not what the key takes: a number within its range, a list without blanks, one of the
      verdicts. A directive that lists names and gives none has this code, too.`,
    example: `//! check eot=soon\n${FACT}`,
    mended: `//! check eot=6\n${FACT}`,
    remedy: 'Write the value as the message says. A value with blanks stands in double quotes.',
    read: 'dedalus.md',
  },
  'directive-word': {
    means: 'A check is a list of `key=value`, with no blanks around `=`. This word is not of that form.',
    example: `//! check eot = 6\n${FACT}`,
    mended: `//! check eot=6\n${FACT}`,
    remedy: 'Remove the blanks around `=`, or put a value with blanks into double quotes.',
    read: 'dedalus.md',
  },
  'directive-duplicate': {
    means: 'A check gives a key twice, and nothing says which of the two is meant.',
    example: `//! check eot=6 eot=8\n${FACT}`,
    mended: `//! check eot=6 name=short\n//! check eot=8 name=long\n${FACT}`,
    remedy: 'Keep one of them. For both, write two checks.',
    read: 'dedalus.md',
  },
  'unknown-relation': {
    means: `\`//! durable\`, \`//! timer\` and \`//! output\` list relations of the program, and no fact or rule has this
      one. A slip here would change what survives a restart, and with it the verdict.`,
    example: `//! durable lgo\n${FACT}`,
    mended: `//! durable log\n${FACT}`,
    remedy: 'Correct the name.',
    read: 'faults.md#what-survives-a-restart',
  },
};
