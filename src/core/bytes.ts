/**
 * Byte arrays as text: `Uint8Array [1, 255]` is `01ff`, two hexadecimal digits for each byte.
 */

/** Whether a value is one of the two kinds of byte arrays that are plain data, which is known of it. */
export const isBytes = (value: unknown): value is Uint8Array | ArrayBuffer =>
  value instanceof Uint8Array || value instanceof ArrayBuffer;

/** All bytes in hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += DIGITS[byte];
  return text;
}

/** The bytes of a text that `hexOf` wrote. */
export function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes as people read them, the first few of them: `Uint8Array(3) 01ff00`. */
export function bytesInWords(bytes: Uint8Array | ArrayBuffer, most = 32): string {
  const name = bytes instanceof ArrayBuffer ? 'ArrayBuffer' : 'Uint8Array';
  const all = new Uint8Array(bytes instanceof ArrayBuffer ? bytes : bytes.buffer);
  if (all.length === 0) return `${name}(0)`;
  return `${name}(${all.length}) ${hexOf(all.subarray(0, most))}${all.length > most ? '…' : ''}`;
}
