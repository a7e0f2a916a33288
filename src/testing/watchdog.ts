/**
 * The watchdog over handlers: JavaScript that never returns can only be stopped from outside, and Node's `vm` is what
 * can do it.
 *
 * It never changes a result: either the work ends in time, or there is none.
 */
import process from 'node:process';
import { createContext, Script } from 'node:vm';
import { LdfiError } from '../core/invariant.js';
import { release } from '../protocol/guards/guards.js';

/**
 * How long one run (thousands of handler calls at most) may take, in milliseconds. Not longer, because a loop that
 * allocates may reach a limit of V8 first, which ends the process at once.
 */
const PATIENCE = 3_000;

/** So many times the patience may go by on a busy machine. */
const MOST = 16;

let work: (() => unknown) | undefined;
/** A context of its own, since 'this' context is not ours where a test runner put us into another. */
let context: object | undefined;
const script = new Script('work()');

/**
 * Calls `task` and stops it if it takes too long. Where the machine had little time for it, it is called again with
 * more: it must do the same every time.
 * @param current the handler call under way
 * @param patience in milliseconds of computing
 * @throws LdfiError 'runaway-handler' that names the call
 */
export function watched<T>(task: () => T, current: () => string | undefined, patience = PATIENCE): T {
  if (work) return task();
  for (let timeout = patience; ; timeout *= 2) {
    const before = process.cpuUsage();
    const result = within(task, timeout);
    if (result) return result.value;
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1_000 < 0.9 * patience && timeout < MOST * patience) continue;
    const where = current() ?? 'the check, or the function that makes an actor,';
    throw new LdfiError('runaway-handler', `${where} did not return within ${patience} ms: does it loop for ever?`);
  }
}

/** What a task comes to; undefined if it takes longer. @param timeout in milliseconds */
function within<T>(task: () => T, timeout: number): { readonly value: T } | undefined {
  let result: { readonly value: T } | undefined;
  work = () => {
    result = { value: task() };
  };
  try {
    context ??= createContext({ work: () => work?.() });
    script.runInContext(context, { timeout });
    return result;
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    release();
    return undefined;
  } finally {
    work = undefined;
  }
}
