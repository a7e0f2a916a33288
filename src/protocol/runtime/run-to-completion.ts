/**
 * Handlers whose work is not done when they return: async ones, and generators, whose body has not even begun.
 */
import { LdfiError } from '../../core/invariant.js';
import { type Call, describeCall } from './call.js';

/** What a handler returns does not matter, unless its work is not done. @throws LdfiError 'impure-handler' */
export function refusePendingResult(call: Call, result: unknown): void {
  // Whether it is fulfilled or rejected no longer matters.
  if (result instanceof Promise) result.catch(() => undefined);
  if (isThenable(result))
    throw new LdfiError(
      'impure-handler',
      `${describeCall(call)} is async or returns a promise: handlers run to completion. Send a message or set a timer for what comes later`,
    );
  if (isIterator(result))
    throw new LdfiError(
      'impure-handler',
      `${describeCall(call)} is a generator or returns one, whose body is not run. Write an ordinary function: ${call.handler}(ctx) { … }, without the *`,
    );
}

const isHolder = (value: unknown): value is Record<PropertyKey, unknown> =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Promises, also those of others. */
export const isThenable = (value: unknown): boolean => isHolder(value) && typeof value.then === 'function';

/** What generators give, also asynchronous ones. */
const isIterator = (value: unknown): boolean =>
  isHolder(value) && (typeof value.next === 'function' || value[Symbol.asyncIterator] !== undefined);

/** Whether work is not done that a function has begun; `result`: what it returned. */
export const isPending = (result: unknown): boolean => isThenable(result) || isIterator(result);
