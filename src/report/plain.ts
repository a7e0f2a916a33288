/**
 * Plain data of a protocol as people write it: `{ news: 1 }`, `Set { "a" }`, `Map { "a" => 1 }`. For reading only;
 * `snapshot` has the exact text.
 */
import { bytesInWords, isBytes } from '../core/bytes.js';
import { isIdentifier } from '../core/names.js';
import { beginning } from '../core/text.js';

/** A value on one line, cut off after about `most` characters. */
export function plainInWords(value: unknown, most = 120): string {
  const text = inWords(value, most);
  return text.length > most ? `${beginning(text, most)}…` : text;
}

/** @param room characters that will be shown: what lies beyond is not even written */
function inWords(value: unknown, room: number): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  if (isBytes(value)) return bytesInWords(value);
  if (Array.isArray(value)) return listed('[', value, ']', room, inWords);
  if (value instanceof Set) return listed('Set { ', [...value], ' }', room, inWords);
  if (value instanceof Map)
    return listed(
      'Map { ',
      [...value],
      ' }',
      room,
      ([key, item], left) => `${inWords(key, left)} => ${inWords(item, left)}`,
    );
  return listed('{ ', Object.entries(value), ' }', room, ([key, item], left) => {
    return `${isIdentifier(key) ? key : JSON.stringify(key)}: ${inWords(item, left)}`;
  });
}

function listed<T>(
  open: string,
  items: readonly T[],
  close: string,
  room: number,
  write: (item: T, room: number) => string,
): string {
  if (items.length === 0) return `${open.trim()}${close.trim()}`;
  let text = open;
  for (const [i, item] of items.entries()) {
    if (text.length > room) return `${text}…`;
    text += `${i > 0 ? ', ' : ''}${write(item, room - text.length)}`;
  }
  return text + close;
}
