/**
 * The functions that users write over rows: called once, with symbols, so they may not decide anything by what they
 * are given. What JavaScript would decide silently (`===`, `&&`, `?:`) is looked for in their text.
 */
import jsTokens from 'js-tokens';
import { Slip } from './slip.js';
import { type Occurrence, Term } from './terms.js';

/** What there is instead of each. */
const INSTEAD: Readonly<Record<string, string>> = {
  '===': 'eq(a, b)',
  '==': 'eq(a, b)',
  '!==': 'ne(a, b)',
  '!=': 'ne(a, b)',
  '&&': 'a list of conditions, all of which must hold',
  '||': 'two statements, one for each case',
  '??': 'two statements, one for each case',
  '?': 'two statements, each with its `where`',
  '!': 'the opposite comparison, or `notin`',
  if: 'two statements, each with its `where`',
  switch: 'a statement for each case',
};

/** @throws Slip if a function decides */
function refuseDecisions(made: (...rows: never[]) => unknown): void {
  for (const { type, value } of jsTokens(made.toString())) {
    const instead = type === 'Punctuator' || type === 'IdentifierName' ? INSTEAD[value] : undefined;
    if (instead === undefined || !Object.hasOwn(INSTEAD, value)) continue;
    throw new Slip(
      `\`${value}\` decides now, but values are known only when the program runs`,
      `write ${instead}; what does not depend on a row is computed outside of the function`,
    );
  }
}

/** A row of symbols. @throws Slip, later, for a column that there is not */
function rowOf(of: Occurrence): Readonly<Record<string, Term>> {
  return new Proxy({} as Record<string, Term>, {
    get(_, name) {
      if (typeof name === 'symbol') return undefined;
      if (of.columns.includes(name)) return new Term({ kind: 'column', of, column: name });
      const hint = of.columns.length === 0 ? 'it has no columns' : `its columns are ${of.columns.join(', ')}`;
      throw new Slip(`\`${of.collection}\` has no column \`${name}\``, hint);
    },
    set(_, name) {
      throw new Slip(
        `a row cannot be changed: \`${String(name)}\` was assigned`,
        'give a new row: (row) => [row.a, 1]',
      );
    },
    ownKeys: () => {
      throw new Slip('a row is no list of values', `name the columns: ${of.columns.join(', ')}`);
    },
  });
}

/** What a function makes of rows. @throws Slip */
export function called(made: unknown, occurrences: readonly Occurrence[]): unknown {
  if (typeof made !== 'function') throw new Slip('a function is missing here', 'like (row) => [row.column]');
  const over = made as (...rows: unknown[]) => unknown;
  refuseDecisions(over);
  const answer = over(...occurrences.map(rowOf));
  if (answer instanceof Promise) throw new Slip('the function is asynchronous', 'it is called once, and must answer');
  return answer;
}
