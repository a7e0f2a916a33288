/**
 * What tells a query from its like: texts of limited length, for whatever a service gives a library.
 */
import { createHash } from 'node:crypto';

/** Most characters of a statement, and of a parameter. */
const STATEMENT = 4_000;
const PARAMETER = 200;
/** Parameters that are looked at. */
const MOST = 100;

const digest = (value: string | Uint8Array): string => createHash('sha256').update(value).digest('hex').slice(0, 32);

const short = (text: string, most: number): string => (text.length <= most ? text : digest(text));

function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return digest(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'date' : value.toISOString();
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return 'object';
  }
}

export const detailOf = (statement: string, parameters: readonly unknown[]): string =>
  JSON.stringify([
    short(statement, STATEMENT),
    ...parameters.slice(0, MOST).map((value) => short(textOf(value), PARAMETER)),
  ]);
