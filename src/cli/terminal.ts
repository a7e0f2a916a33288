/**
 * The terminal: where text goes, and in which colours. Results go to stdout, everything else to stderr.
 */

import { writeSync } from 'node:fs';
import pc from 'picocolors';
import type { TextPalette } from '../report/text.js';

/** Colours for a stream: none under NO_COLOR or when it is not a terminal, unless FORCE_COLOR says so. */
export function paletteFor(stream: { isTTY?: boolean }): TextPalette {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const on = !NO_COLOR && (Boolean(FORCE_COLOR) || (stream.isTTY === true && process.env.TERM !== 'dumb'));
  const { red, yellow, blue, bold, dim, green } = pc.createColors(on);
  return { red, yellow, blue, bold, dim, green };
}

/** Writes all of `text` at once, so that nothing is lost when the process exits. */
function write(descriptor: 1 | 2, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
    }
  }
}

export const print = (text: string): void => write(1, text);
export const complain = (text: string): void => write(2, text);
