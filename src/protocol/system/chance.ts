/**
 * Seeded chance of a node: what `Math.random`, `crypto` and `node:crypto` give in the virtual world.
 */
import { mixed, nextChance, seedOf } from '../runtime/random.js';

export class Chance {
  /** The whole state of the generator. */
  state: number;

  constructor(seed: number, id: string) {
    this.state = seedOf(seed, id);
  }

  /** 32 bits. */
  private next(): number {
    this.state = nextChance(this.state);
    return mixed(this.state);
  }

  /** In [0, 1). */
  number(): number {
    return this.next() / 2 ** 32;
  }

  /** An integer from `least` on, below `end`. */
  integer(least: number, end: number): number {
    const many = this.next() * 2 ** 21 + (this.next() >>> 11);
    return least + (many % (end - least));
  }

  fill(view: ArrayBufferView | ArrayBuffer, offset = 0, size?: number): void {
    const [buffer, start, length] = ArrayBuffer.isView(view)
      ? [view.buffer, view.byteOffset, view.byteLength]
      : [view, 0, view.byteLength];
    const bytes = new Uint8Array(buffer, start + offset, size ?? length - offset);
    for (let i = 0; i < bytes.length; i++) bytes[i] = this.next() >>> 24;
  }

  /** Version 4, as RFC 9562 has it. */
  uuid(): string {
    const bytes = new Uint8Array(16);
    this.fill(bytes);
    bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}
