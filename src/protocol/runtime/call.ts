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

/** `onMessage of b at tick 3 ({"ack":1} from a)`. */
export function describeCall({ handler, node, tick, from, message, timer }: Call): string {
  const text = message && (message.text.length > LONGEST ? `${message.text.slice(0, LONGEST)}…` : message.text);
  const what = text === undefined ? (timer === undefined ? '' : ` (timer "${timer}")`) : ` (${text} from ${from})`;
  return `${handler} of ${node} at tick ${tick}${what}`;
}

/** An error that names the call. */
export const blame = (call: Call, code: LdfiErrorCode, problem: string): LdfiError =>
  new LdfiError(code, `${describeCall(call)}: ${problem}`);

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

/** Whether something that was thrown is of a class; a proxy may throw when it is asked. */
export function isA<T>(error: unknown, type: abstract new (...args: never) => T): error is T {
  try {
    return error instanceof type;
  } catch {
    return false;
  }
}
