/**
 * The seal of a file that people edit: a last line by which `ldfi` sees whether the file is as it was written. One that
 * has been edited is not replaced.
 */
import { hashOf } from '../core/hash.js';

const LINE = /\/\/ ldfi replaces this file only while it is unchanged: ([0-9a-f]{16})\n$/;

/** @param text JavaScript or TypeScript, its last line ended */
export const sealed = (text: string): string =>
  `${text}// ldfi replaces this file only while it is unchanged: ${hashOf(text)}\n`;

/** Whether a text is as it was when it was sealed; line ends may have become those of Windows. */
export function isAsSealed(text: string): boolean {
  const plain = text.replaceAll('\r\n', '\n');
  const found = LINE.exec(plain);
  return found !== null && hashOf(plain.slice(0, found.index)) === found[1];
}
