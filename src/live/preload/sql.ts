/**
 * What an SQL statement does, and to what: enough to name it, by its first words.
 *
 * ```ts
 * statementOf('insert into charges (amount) values ($1)', [42]);
 * // { operation: 'INSERT', target: 'charges', detail: '["insert into charges …","42"]' }
 * ```
 */
import { detailOf } from './detail.js';
import type { Question } from './question.js';

const COMMENTS = /\/\*[\s\S]{0,4000}?\*\/|--[^\n]{0,4000}(?:\n|$)/g;
const TABLE = /\b(?:into|from|update|table|join|call)\s+(?:only\s+)?(["`[]?[\w$]+["`\]]?(?:\.["`[]?[\w$]+["`\]]?)*)/i;
const CONTROL = /^(?:begin|start|commit|end|rollback|abort|savepoint|release)\b/i;
const PLAIN = /^(?:begin|start|commit|end|rollback|abort)(?: transaction| work)?;?$/i;

/** Longest statement that is read. */
const LONGEST = 20_000;

const plain = (statement: string): string =>
  statement.slice(0, LONGEST).replace(COMMENTS, ' ').replace(/\s+/g, ' ').trim();

/** Whether it begins or ends a transaction. */
export const isControl = (statement: string): boolean => CONTROL.test(plain(statement));

export function statementOf(
  statement: string,
  parameters: readonly unknown[],
): Pick<Question, 'operation' | 'target' | 'detail'> {
  const text = plain(statement);
  const table = TABLE.exec(text)?.[1]?.replace(/["`[\]]/g, '');
  return {
    operation: (/^[a-z]{1,40}/i.exec(text)?.[0] ?? 'QUERY').toUpperCase(),
    target: CONTROL.test(text) ? 'transaction' : (table?.slice(0, 200) ?? 'statement'),
    // Nothing tells one commit from another.
    detail: PLAIN.test(text) ? '' : detailOf(text, parameters),
  };
}
