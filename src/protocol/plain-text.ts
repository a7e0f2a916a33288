/**
 * Plain data from its text: the inverse of `snapshot`, so that states can be written down and read back.
 */
import { noteFrozen } from './plain.js';

/** @throws SyntaxError if the text is not one that `snapshot` writes */
export function parsePlain(text: string): unknown {
  const reader = new Reader(text);
  const value = reader.value();
  reader.end();
  return value;
}

const PRIMITIVE = /-?\d+n|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|-?Infinity|NaN|null|undefined|true|false|"(?:[^"\\]|\\.)*"/y;

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
      // An own property, even if it is called `__proto__`.
      Object.defineProperty(object, key, { value: this.value(), writable: true, enumerable: true, configurable: true });
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
