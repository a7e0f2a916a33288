/**
 * Plain data as text: written so that equal texts mean values that no handler can tell apart, and read back.
 *
 * Order matters (of keys, of a Map, of a Set), because a handler can see it; so does whether an object is frozen (`F`)
 * or has no prototype (`O`). Bytes are in hexadecimal (`U` for a `Uint8Array`, `A` for an `ArrayBuffer`).
 * `{"list":[1,M["k":{},],U<01ff>],}`
 */
import { bytesOf, hexOf } from '../../core/bytes.js';

/**
 * Copies of frozen objects. They are not frozen themselves, so that a check may look at them through a proxy; what a
 * handler is given is.
 */
const FROZEN = new WeakSet<object>();

export const wasFrozen = (copy: object): boolean => FROZEN.has(copy);

export function noteFrozen<T>(copy: T): T {
  if (typeof copy === 'object' && copy !== null) FROZEN.add(copy);
  return copy;
}

/** An own property, even if it is called `__proto__`. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** The text of what is known to be plain data; objects may stand in several places. */
export function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return primitiveText(value);
  return FROZEN.has(value) ? `F${textOfObject(value)}` : textOfObject(value);
}

function textOfObject(value: object): string {
  if (Array.isArray(value)) return `[${textOfItems(value)}]`;
  if (value instanceof Uint8Array) return `U<${hexOf(value)}>`;
  if (value instanceof ArrayBuffer) return `A<${hexOf(new Uint8Array(value))}>`;
  if (value instanceof Set) return `S[${textOfItems([...value])}]`;
  if (value instanceof Map) {
    let text = 'M[';
    for (const [key, item] of value) text += `${textOf(key)}:${textOf(item)},`;
    return `${text}]`;
  }
  let text = Object.getPrototypeOf(value) === null ? 'O{' : '{';
  for (const key of Object.keys(value)) text += `${quoted(key)}${textOf((value as Record<string, unknown>)[key])},`;
  return `${text}}`;
}

function textOfItems(items: readonly unknown[]): string {
  let text = '';
  for (let i = 0; i < items.length; i++) text += i > 0 ? `,${textOf(items[i])}` : textOf(items[i]);
  return text;
}

function primitiveText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Property names come again and again. */
const NAMES = new Map<string, string>();
const MOST_NAMES = 1_000;

function quoted(key: string): string {
  const known = NAMES.get(key);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(key)}:`;
  if (NAMES.size < MOST_NAMES) NAMES.set(key, text);
  return text;
}

/** @throws SyntaxError if the text is not one that `textOf` writes */
export function parsePlain(text: string): unknown {
  const reader = new Reader(text);
  const value = reader.value();
  reader.end();
  return value;
}

const PRIMITIVE = /-?\d+n|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|-?Infinity|NaN|null|undefined|true|false|"(?:[^"\\]|\\.)*"/y;

const HEX = /(?:[0-9a-f]{2})*/y;

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  end(): void {
    if (this.at < this.text.length) this.fail();
  }

  value(): unknown {
    if (this.take('F')) return noteFrozen(this.value());
    if (this.take('[')) return this.items();
    if (this.take('S[')) return new Set(this.items());
    if (this.take('M[')) return this.map();
    if (this.take('U<')) return this.bytes();
    if (this.take('A<')) return this.bytes().buffer;
    if (this.take('O{')) return this.object(Object.create(null) as Record<string, unknown>);
    if (this.take('{')) return this.object({});
    return this.primitive();
  }

  private fail(): never {
    throw new SyntaxError(`this is not plain data as ldfi writes it, at character ${this.at + 1}`);
  }

  private take(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private expect(word: string): void {
    if (!this.take(word)) this.fail();
  }

  private items(): unknown[] {
    const items: unknown[] = [];
    if (this.take(']')) return items;
    do items.push(this.value());
    while (this.take(','));
    this.expect(']');
    return items;
  }

  private bytes(): Uint8Array {
    HEX.lastIndex = this.at;
    const hex = HEX.exec(this.text)?.[0] ?? '';
    this.at += hex.length;
    this.expect('>');
    return bytesOf(hex);
  }

  private map(): Map<unknown, unknown> {
    const map = new Map<unknown, unknown>();
    while (!this.take(']')) {
      const key = this.value();
      this.expect(':');
      map.set(key, this.value());
      this.expect(',');
    }
    return map;
  }

  private object(object: Record<string, unknown>): Record<string, unknown> {
    while (!this.take('}')) {
      const key = this.primitive();
      if (typeof key !== 'string') this.fail();
      this.expect(':');
      setOwn(object, key, this.value());
      this.expect(',');
    }
    return object;
  }

  private primitive(): unknown {
    PRIMITIVE.lastIndex = this.at;
    const word = PRIMITIVE.exec(this.text)?.[0];
    if (word === undefined) return this.fail();
    this.at += word.length;
    if (word === 'undefined') return undefined;
    if (word.endsWith('n')) return BigInt(word.slice(0, -1));
    if (word.startsWith('"')) return JSON.parse(word);
    return word === 'null' ? null : word === 'true' ? true : word === 'false' ? false : Number(word);
  }
}
