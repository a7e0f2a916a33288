/**
 * The terminal: where text goes, and in which colours. Results go to stdout, everything else to stderr.
 *
 * Writes are synchronous, so that nothing is lost when the process exits. A reader that has gone away (`| head`) is no
 * error.
 */
import { writeSync } from 'node:fs';
import pc from 'picocolors';
import type { TextPalette } from '../../report/formats/text.js';

/** Stdout cannot take what is written to it (a full disk); the message is the system's. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

/** Nobody reads any more: a closed pipe, a terminal that is gone. */
const GONE = new Set(['EPIPE', 'EIO', 'EBADF']);

/** Colours for a stream: none under NO_COLOR or when it is not a terminal, unless FORCE_COLOR says so. */
export function paletteFor(stream: { isTTY?: boolean }): TextPalette {
  const { red, yellow, blue, bold, dim, green } = pc.createColors(wantsColours(stream));
  return { red, yellow, blue, bold, dim, green };
}

function wantsColours(stream: { isTTY?: boolean }): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal(stream);
}

/** Whether a stream is a terminal that understands colours and a redrawn line. */
export function isTerminal(stream: { isTTY?: boolean }): boolean {
  return stream.isTTY === true && process.env.TERM !== 'dumb';
}

function write(descriptor: 1 | 2, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (GONE.has(code)) return;
      if (code === 'EAGAIN') wait();
      else if (descriptor === 1) throw new OutputError(`cannot write to stdout: ${(error as Error).message}`);
      else return;
    }
  }
}

/** A moment, for a reader that is slower than we are. */
function wait(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

/** @throws OutputError */
export const print = (text: string): void => write(1, text);

/** Breaks lines. It is loaded only where there is a terminal: that takes a sixth of the time in which `ldfi` starts. */
let wrap: typeof import('./wrap.js') | undefined;

/** To be called before sentences are printed. */
export async function measureTerminal(): Promise<void> {
  if (isTerminal(process.stdout) || isTerminal(process.stderr)) wrap = await import('./wrap.js');
}

/** Sentences broken at the width of the terminal, if stdout is one. */
export const fitted = (text: string): string => wrap?.wrapped(text, columnsOf(process.stdout)) ?? text;

/** Diagnostics whose sentences are broken at the width of the terminal, if stderr is one. */
export const fittedDiagnostics = (text: string): string =>
  wrap?.wrappedDiagnostics(text, columnsOf(process.stderr)) ?? text;

const columnsOf = (stream: NodeJS.WriteStream): number | undefined => (isTerminal(stream) ? stream.columns : undefined);

/** Prints sentences. @throws OutputError */
export const printText = (text: string): void => print(fitted(text));

/** Where complaints go. */
let hear = (text: string): void => write(2, text);
export const complain = (text: string): void => hear(text);

/** Errors that have been said. */
const said = new Set<string>();

/** Complains of what may be wrong with several checks alike, and is said once. */
export function complainOnce(text: string): void {
  if (!said.has(text)) complain(text);
  said.add(text);
}

/** Another round begins, in which everything is said again. */
export const forgetComplaints = (): void => said.clear();

/** From now on somebody else says what is to be said on stderr: a process that works for another has no say there. */
export function complainTo(other: (text: string) => void): void {
  hear = other;
}

/** Names of errors that say what to do: by name, since each bundle of the command line has classes of its own. */
const SAID = new Set(['LdfiError', 'OutputError']);

/** What to tell the user of an error, on one line. Whatever is neither misuse nor a failed write is a bug of ours. */
export function errorInWords(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).replace(/\n\s*/g, ' ');
  if (error instanceof Error && SAID.has(error.name)) return message;
  if (process.env.LDFI_DEBUG && error instanceof Error) complain(`${error.stack}\n`);
  const reported = message.startsWith('ldfi bug') ? message : `ldfi bug, please report it: ${message}`;
  return `${reported} (set LDFI_DEBUG=1 for the stack)`;
}
