/** Diagnostics of files and sizes, and of modules and configurations that cannot be loaded. */
import type { Entries } from './entry.js';

export const FILES: Entries = {
  'cannot-read': {
    means: `A file that is named on the command line or in an \`include\` cannot be read; the message has the reason of
      the system. Paths of includes are relative to the file that includes, or else to the first file on the command
      line.`,
    example: 'include "nodes.inc";\nnode("a", "b")@1;',
    mended: 'node("a", "b")@1;',
    remedy: 'Correct the path.',
    read: 'dedalus.md',
  },
  'binary-file': {
    means: 'The file contains zero bytes, so it is no text. Perhaps an archive or a compiled file was named.',
    remedy: 'Name the spec.',
    read: 'dedalus.md',
  },
  'file-too-large': {
    means: 'A file of a spec may have 4 MiB. This one has more, and is not read.',
    remedy: 'Split it, and include the parts. Specs written by people have a thousandth of that.',
    read: 'dedalus.md',
  },
  'too-many-includes': {
    means: 'A program may have 1,000 files and follow 10,000 includes. Here it has more; the rest is not read.',
    remedy: 'Look for a generator that writes one file for each item, and let it write one file.',
    read: 'dedalus.md',
  },
  'too-many-tokens': {
    means: 'A file may have two million words and symbols. The rest of this one is not read.',
    remedy: 'Split it. A spec of this size could not be searched anyway.',
    read: 'dedalus.md',
  },
  'too-many-clauses': {
    means: 'A program may have 500,000 facts and rules. The rest is not read.',
    remedy: 'Fewer nodes or fewer facts show the same bugs: most need three nodes.',
    read: 'dedalus.md',
  },
  'too-many-arguments': {
    means: 'A relation may have 256 arguments. This one has more.',
    remedy: 'Split the relation in several, with a common key.',
    read: 'dedalus.md',
  },
  'body-too-long': {
    means: 'The body of a rule may have 500 subgoals and comparisons.',
    remedy: 'Derive relations for parts of it, and read those.',
    read: 'dedalus.md',
  },
  'too-deep': {
    means: 'An expression may have 500 operators, and parentheses nested 100 deep.',
    remedy: 'Split the expression over several rules.',
    read: 'dedalus.md',
  },
  'more-diagnostics': {
    means: 'Up to 100 diagnostics are shown, errors before warnings. This line counts the others.',
    remedy: 'Mend the first ones: later ones are often their consequences.',
    read: 'dedalus.md',
  },
  unreadable: {
    means: 'A module that was named cannot be read; the message has the reason of the system.',
    remedy: 'Correct the path.',
    read: 'protocols.md',
  },
  'missing-module': {
    means: 'The module imports something that cannot be found, so it cannot be loaded.',
    remedy: 'Install the package, or correct the path of the import.',
    read: 'protocols.md',
  },
  'throws-while-loading': {
    means: 'The module threw an error while it was loaded, before any protocol could be asked of it.',
    remedy: 'Run the module by itself to see the whole error. Keep work out of the top level of a module.',
    read: 'protocols.md',
  },
  'never-loads': {
    means: 'The module was still loading when its time was over: it computes for ever, or waits for something.',
    remedy: 'Keep servers, timers and long work out of the top level of the module.',
    read: 'protocols.md',
  },
  'no-protocol': {
    means:
      'The module exports nothing that `defineProtocol`, `defineSystem` or `bloom` has made, so there is nothing to search.',
    example: `import { defineProtocol } from 'ldfi';
export default defineProtocol({ name, nodes, state, actor, check });`,
    remedy: 'Export the protocol, by default or by name.',
    read: 'protocols.md',
  },
  'bad-bloom': {
    means: `A program written with \`bloom\` is not what it must be: a column that there is not, a merge that is not for
      the collection, a function that decides by JavaScript's own operators. All mistakes are listed, each at its line.`,
    example: "members.now(connect.where((c) => c.client === 'ann'));",
    mended: "members.now(connect.where((c) => eq(c.client, 'ann')));",
    remedy:
      'Functions over rows are called once, with symbols: write `eq`, `plus` and the like for what is to be computed.',
    read: 'bloom.md',
  },
  'same-name': {
    means: 'Two protocols of one module have the same name, by which results tell them apart.',
    remedy: 'Give each a name of its own.',
    read: 'protocols.md',
  },
  'bad-config': {
    means:
      'The configuration has a key that there is not, or a value that the key does not take. All mistakes are listed.',
    example: '{ "$schema": "./node_modules/ldfi/dist/schemas/config.json", "specs": ["specs"], "timeout": 300 }',
    remedy: 'Correct it. `defineConfig` in TypeScript, or `$schema` in JSON, lets an editor complete the keys.',
    read: 'ci.md',
  },
};
