/**
 * The watchdog over handlers: JavaScript that never returns can only be stopped from outside, and Node's `vm` is what can do it.
 *
 * It never changes a result: either the work ends in time, or there is none.
 */
import { createContext, Script } from 'node:vm';
import { LdfiError } from '../core/invariant.js';
import { release } from '../protocol/guards.js';

/**
 * How long one run (thousands of handler calls at most) may take, in milliseconds. Not longer, because a loop that allocates may reach a limit of V8 first,
 * which ends the process at once.
 */
export const PATIENCE = 3_000;

let work: (() => unknown) | undefined;
/** A context of its own, since 'this' context is not ours where a test runner put us into another. */
let context: object | undefined;
const script = new Script('work()');

/**
 * Calls `task` and stops it if it takes too long.
 * @param current the handler call under way
 * @param patience in milliseconds
 * @throws LdfiError 'runaway-handler' that names the call
 */
export function watched<T>(task: () => T, current: () => string | undefined, patience = PATIENCE): T {
  if (work) return task();
  let result: T | undefined;
  work = () => {
    result = task();
  };
  try {
    context ??= createContext({ work: () => work?.() });
    script.runInContext(context, { timeout: patience });
    return result as T;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    release();
    const where = current() ?? 'the check, or the function that makes an actor,';
    throw new LdfiError('runaway-handler', `${where} did not return within ${patience} ms: does it loop for ever?`);
  } finally {
    work = undefined;
  }
}
