/** Diagnostics of the text of a spec: characters, clauses and times that cannot be read. */
import type { Entries } from './entry.js';

export const SYNTAX: Entries = {
  syntax: {
    means: `The text cannot be read as a clause from this place on. The message says what was expected and what stands
      there instead. The clause is skipped, and reading goes on with the next one, so that all mistakes show at once. Of
      a module in TypeScript the same code means that the compiler cannot read the file.`,
    example: 'node("a" "b")@1;',
    mended: 'node("a", "b")@1;',
    remedy: 'Compare the line with the table of the language. The cause often stands just before the marked place.',
    read: 'dedalus.md',
  },
  'unknown-character': {
    means: `No word, number, string or symbol of the language begins with this character. Mostly it is a habit from
      another language: \`#\` for a comment, single quotes for a string, \`!\` for a negation.`,
    example: '# who knows whom\nnode("a", "b")@1;',
    mended: '// who knows whom\nnode("a", "b")@1;',
    remedy: 'Comments begin with `//`, strings stand in double quotes, negation is `notin`.',
    read: 'dedalus.md',
  },
  'unterminated-string': {
    means: `A string begins with \`"\` and no closing quote follows in the file. What comes after it on the line is
      taken for its text.`,
    example: 'say("a", "hello)@1;',
    mended: 'say("a", "hello")@1;',
    remedy: 'Close the string with `"`.',
    read: 'dedalus.md',
  },
  'unterminated-comment': {
    means: 'A comment begins with `/*` and is never closed, so the rest of the file would be a comment.',
    example: '/* who knows whom\nnode("a", "b")@1;',
    mended: '/* who knows whom */\nnode("a", "b")@1;',
    remedy: 'Close it with `*/`, or begin each line of it with `//`.',
    read: 'dedalus.md',
  },
  'missing-semicolon': {
    means: `Every fact, rule and include ends with \`;\`. Here a new clause or the end of the file comes first, or there
      is a full stop or a comma where the \`;\` should be.`,
    example: 'node("a", "b")@1\nnode("b", "a")@1;',
    mended: 'node("a", "b")@1;\nnode("b", "a")@1;',
    remedy: 'Put a `;` at the end of the clause.',
    read: 'dedalus.md',
  },
  'empty-clause': {
    means: 'There is a `;` with nothing before it. It does no harm, but something may have been lost there.',
    example: 'node("a", "b")@1;;',
    mended: 'node("a", "b")@1;',
    remedy: 'Remove it.',
    read: 'dedalus.md',
  },
  'rule-without-body': {
    means: `A head with \`@next\` or \`@async\` makes a rule, and a rule needs a body that says when it fires. A fact
      has the number of a tick instead.`,
    example: 'node("a", "b")@next;',
    mended: 'node("a", "b")@1;\nnode(N, M)@next :- node(N, M);',
    remedy: 'Write `head@next :- body;`, or `@1` if it is a fact.',
    read: 'dedalus.md',
  },
  'fact-without-tick': {
    means: `A fact holds at one tick, and says at which. To hold longer it needs a rule that keeps it: \`node(N, M)@next
      :- node(N, M);\`.`,
    example: 'node("a", "b");',
    mended: 'node("a", "b")@1;',
    remedy: 'Write `@1`, or the tick you mean.',
    read: 'dedalus.md',
  },
  'tick-in-head': {
    means: `A rule holds at every tick, so its head cannot name one. It fires at the same tick as its body, at the next
      one (\`@next\`), or as a message (\`@async\`). Only facts and subgoals name a tick.`,
    example: 'start("a")@1;\nready(N)@2 :- start(N);',
    mended: 'start("a")@1;\nready(N)@next :- start(N);',
    remedy:
      'Remove the number, or write `@next` or `@async`. To look something up at a tick, put `@2` behind a subgoal.',
    read: 'dedalus.md',
  },
  'time-in-body': {
    means: `\`@next\` and \`@async\` say when a head holds, so they stand behind heads. A subgoal is looked up now, or
      at a tick that is given as a number.`,
    example: 'start("a")@1;\nready(N) :- start(N)@next;',
    mended: 'start("a")@1;\nready(N)@next :- start(N);',
    remedy: 'Move `@next` or `@async` behind the head.',
    read: 'dedalus.md',
  },
  'bad-time': {
    means: 'After `@` comes `next`, `async` or the number of a tick. This is none of them.',
    example: 'node("a", "b")@soon;',
    mended: 'node("a", "b")@1;',
    remedy: 'Write `@next`, `@async`, or `@` and a number.',
    read: 'dedalus.md',
  },
  'reserved-word': {
    means: '`notin` and `_` have a meaning of their own, so no relation can be called so.',
    example: 'notin("a", "b")@1;',
    mended: 'absent("a", "b")@1;',
    remedy: 'Choose another name. If a negation was meant, write `notin name(…)` in the body of a rule.',
    read: 'dedalus.md',
  },
  'unknown-aggregate': {
    means: 'The aggregates are `count`, `min`, `max`, `sum` and `avg`. There is no other one.',
    example: 'vote("a", "b")@1;\nvotes(N, cnt<V>) :- vote(N, V);',
    mended: 'vote("a", "b")@1;\nvotes(N, count<V>) :- vote(N, V);',
    remedy: 'Use one of the five.',
    read: 'dedalus.md',
  },
  'number-too-large': {
    means: `Numbers are exact up to 9007199254740991 (2^53 - 1). A larger one could not be told from its neighbours, so
      it is refused.`,
    example: 'limit("a", 9007199254740993)@1;',
    mended: 'limit("a", 9007199254740991)@1;',
    remedy: 'Use a smaller number, or a string if nothing is computed with it.',
    read: 'dedalus.md',
  },
  'decimal-number': {
    means: `Numbers are integers. \`1.5\` is read as the name of a variable, which matches anything, and that is hardly
      what was meant.`,
    example: 'load("a", 1)@1;\nhigh(N) :- load(N, 1.5);',
    mended: 'load("a", 1)@1;\nhigh(N) :- load(N, 1);',
    remedy: 'Count in smaller units, so that integers will do, or write a string.',
    read: 'dedalus.md',
  },
};
