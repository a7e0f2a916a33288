/**
 * Values of operations as text: one text for what a client cannot tell apart (`plainKey`), and one for people (`said`).
 */
import { hexOf } from '../core/bytes.js';

/** Equal for equal values; the order of keys and of a Set's members does not count; undefined is null. */
export function plainKey(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value);
  if (typeof value !== 'object') return typeof value === 'string' ? JSON.stringify(value) : String(value);
  if (Array.isArray(value)) return `[${value.map(plainKey).join()}]`;
  if (value instanceof Uint8Array) return `U<${hexOf(value)}>`;
  if (value instanceof ArrayBuffer) return `A<${hexOf(new Uint8Array(value))}>`;
  if (value instanceof Set) return `S[${[...value].map(plainKey).sort().join()}]`;
  if (value instanceof Map) return `M{${entries([...value].map(([key, item]) => [plainKey(key), item]))}}`;
  return `{${entries(Object.entries(value).map(([key, item]) => [JSON.stringify(key), item]))}}`;
}

const entries = (list: readonly (readonly [string, unknown])[]): string =>
  list
    .map(([key, item]) => `${key}:${plainKey(item)}`)
    .sort()
    .join();

export const isSame = (a: unknown, b: unknown): boolean => plainKey(a) === plainKey(b);

const MOST = 60;

/** For people: short. */
export function said(value: unknown): string {
  const text = plainKey(value);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
