/**
 * Long work as a generator. It yields now and then, so that its driver may pause or stop it; and it yields promises
 * where it has to wait for someone else, and is given what they come to.
 *
 * ```ts
 * function* sum(): Work<number> {
 *   return (yield* wait(a())) + (yield* wait(b()));
 * }
 * atOnce(sum()); // where neither `a` nor `b` gives a promise
 * await whenDone(sum());
 * ```
 * Whatever else it yields are steps (`S`), for whoever wants to follow it.
 */

import { pause } from './event-loop.js';
import { invariant } from './invariant.js';

export type Awaitable<T> = T | Promise<T>;

export type Work<T, S = never> = Generator<Promise<unknown> | S, T, unknown>;

/** What a value comes to. */
export function* wait<T>(value: Awaitable<T>): Work<T> {
  return value instanceof Promise ? ((yield value) as T) : value;
}

/** Does work of which nothing has to wait. */
export function atOnce<T, S>(work: Work<T, S>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    invariant(!(step.value instanceof Promise), 'nothing of this work has to wait');
  }
}

/**
 * Does work, waiting where it has to.
 * @param signal if it is given, with a pause at each step. @throws its reason when it is aborted
 */
export async function whenDone<T, S>(work: Work<T, S>, signal?: AbortSignal): Promise<T> {
  const steps = stepsOf(work);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
    if (!signal) continue;
    await pause();
    signal.throwIfAborted();
  }
}

/**
 * Does work in which nothing has to wait, with a pause at each yield. @throws the signal's reason when it is aborted
 */
export async function withPauses<T>(work: Generator<unknown, T>, signal: AbortSignal | undefined): Promise<T> {
  let step = work.next();
  while (!step.done) {
    await pause();
    signal?.throwIfAborted();
    step = work.next();
  }
  return step.value;
}

/** Counts work; true each time that so much has been done that it is time to yield. */
export function strides(length: number): (work: number) => boolean {
  let left = length;
  return (work) => {
    left -= work;
    if (left > 0) return false;
    left = length;
    return true;
  };
}

/** Goes on with work as long as a condition is true; undefined once it is not. */
export function* whilst<T, S>(work: Work<T, S>, isTrue: () => boolean): Work<T | undefined, S> {
  let step = work.next();
  while (!step.done) {
    if (!isTrue()) return undefined;
    try {
      const value = yield step.value;
      step = work.next(value);
    } catch (error) {
      step = work.throw(error);
    }
  }
  return step.value;
}

/** Does work, waiting where it has to, and passes its steps on. */
export async function* stepsOf<T, S>(work: Work<T, S>): AsyncGenerator<S, T> {
  let step = work.next();
  while (!step.done) {
    if (step.value instanceof Promise) step = await settled(work, step.value);
    else {
      yield step.value;
      step = work.next();
    }
  }
  return step.value;
}

async function settled<T, S>(
  work: Work<T, S>,
  promise: Promise<unknown>,
): Promise<IteratorResult<Promise<unknown> | S, T>> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return work.throw(error);
  }
  return work.next(value);
}
