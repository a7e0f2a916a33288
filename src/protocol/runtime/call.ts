/**
 * Calls of handlers, and how errors name them.
 */
import { LdfiError, type LdfiErrorCode } from '../../core/invariant.js';
import type { Snapshot } from '../data/plain.js';

export type Handler = 'init' | 'onMessage' | 'onTimer' | 'onRestart';

/** A call of a handler. */
export interface Call {
  readonly handler: Handler;
  readonly node: string;
  readonly tick: number;
  /** Of a message. */
  readonly from?: string;
  readonly message?: Snapshot<unknown>;
  /** Of a timer. */
  readonly timer?: string;
}

/** Longest text of a message in an error. */
const LONGEST = 120;

/** Plain data as text (`plain-text.ts`) without the commas that nobody would write; strings stay as they are. */
const readable = (text: string): string => text.replace(/("(?:[^"\\]|\\.)*")|,(?=\})/g, '$1');

/** `onMessage of b at tick 3 ({"ack":1} from a)`. */
export function describeCall({ handler, node, tick, from, message, timer }: Call): string {
  const whole = message && readable(message.text);
  const text = whole && (whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole);
  const what = text === undefined ? (timer === undefined ? '' : ` (timer "${timer}")`) : ` (${text} from ${from})`;
  return `${handler} of ${node} at tick ${tick}${what}`;
}

/** An error that names the call. @param cause whose stack leads to the place */
export const blame = (call: Call, code: LdfiErrorCode, problem: string, cause?: unknown): LdfiError =>
  new LdfiError(code, `${describeCall(call)}: ${problem}`, [], cause);

/** The first line of whatever was thrown, which may have no text, or throw when it is asked for one. */
export function lineOf(error: unknown): string {
  try {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const [line = ''] = text.split('\n');
    return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  } catch {
    return 'a value without a text';
  }
}

/** Where the code that threw stands, as `file:line`; unknown unless whoever loaded that code says how. */
let placeOfThrow: (error: unknown) => string | undefined = () => undefined;

export function tellPlaces(place: (error: unknown) => string | undefined): void {
  placeOfThrow = place;
}

/** `onMessage threw Error: no such order (shop.ts:30)`. */
export function failureOf(call: string, error: unknown): string {
  const place = placeOfThrow(error);
  return `${call} threw ${lineOf(error)}${place === undefined ? '' : ` (${place})`}`;
}

/** Whether something that was thrown is of a class; a proxy may throw when it is asked. */
export function isA<T>(error: unknown, type: abstract new (...args: never) => T): error is T {
  try {
    return error instanceof type;
  } catch {
    return false;
  }
}
