/**
 * `linearizable` and `sequential`: does a history look like one that a single copy of the object has gone through?
 */
import {
  checkedHistory,
  forgotten,
  grouped,
  type History,
  type HistoryAnswer,
  type HistoryLimits,
  type Operation,
  precedes,
  Steps,
} from './history.js';
import type { Model } from './models.js';
import { hasOrder, type Precedence } from './order.js';
import { contradiction } from './part.js';
import { plainKey, said } from './text.js';

const MOST_STEPS = 1_000_000;

/**
 * Whether every operation may have taken effect at one moment between its invocation and its completion (Herlihy and
 * Wing, 1990). Operations at one tick overlap, unless they are the same client's.
 * @param model what a single copy does; with `key`, each part of the object is looked at alone
 * @returns for a violation its part: in the shortest beginning of the history that has no order, the operations that
 *   contradict each other
 * @throws LdfiError 'bad-history' for what is no history or no operation of the model; 'limit-history' for too many
 *   operations, or steps (the question is NP-complete: Gibbons and Korach, 1997)
 */
export function linearizable<O, R>(
  history: History<O, R>,
  model: Model,
  limits: HistoryLimits = {},
): HistoryAnswer<O, R> {
  const all = checkedHistory('linearizable', history, limits.operations);
  const steps = new Steps('linearizable', limits.steps ?? MOST_STEPS);
  const isOrdered = (operations: History<O, R>) => hasOrder(operations, model, precedes, steps);
  for (const [, operations] of model.key ? grouped(all, ({ op }) => model.key?.(op)) : [['', all] as const]) {
    if (isOrdered(operations)) continue;
    const first = operations[0] as Operation<O, R>;
    const about = model.key ? ` (key ${said(model.key(first.op))})` : '';
    const promise = `no order of these operations, each between its ticks, is that of a ${model.name}${about}`;
    return contradiction(shortestBeginning(operations, isOrdered), isOrdered, promise);
  }
  return { kind: 'holds' };
}

/**
 * Whether there is an order in which each client's operations are as it did them; other clients' may be seen late or
 * early (Lamport, 'How to make a multiprocessor computer that correctly executes multiprocess programs', 1979). Parts
 * of an object cannot be looked at alone here.
 * @throws LdfiError as `linearizable` does
 */
export function sequential<O, R>(
  history: History<O, R>,
  model: Model,
  limits: HistoryLimits = {},
): HistoryAnswer<O, R> {
  const all = checkedHistory('sequential', history, limits.operations);
  const steps = new Steps('sequential', limits.steps ?? MOST_STEPS);
  const inProgram: Precedence = (a, b) => a.client === b.client && precedes(a, b);
  const whole: Model = model.key ? byKey(model, (op) => model.key?.(op)) : model;
  const isOrdered = (operations: History<O, R>) => hasOrder(operations, whole, inProgram, steps);
  if (isOrdered(all)) return { kind: 'holds' };
  const promise = `no order of these operations, each client's as it did them, is that of a ${model.name}`;
  return contradiction(all, isOrdered, promise);
}

/** A model of all parts of an object, from a model of one. */
function byKey(model: Model, key: (op: unknown) => unknown): Model<ReadonlyMap<string, unknown>> {
  return {
    name: model.name,
    initial: new Map(),
    step(parts, op) {
      const part = plainKey(key(op));
      const step = model.step(parts.has(part) ? parts.get(part) : model.initial, op);
      return { ...step, state: new Map(parts).set(part, step.state) };
    },
  };
}

/** What had happened by the first tick at which there was no order any more; what was not over by then is pending. */
function shortestBeginning<O, R>(
  operations: readonly Operation<O, R>[],
  isOrdered: (operations: History<O, R>) => boolean,
): History<O, R> {
  const ends = [...new Set(operations.flatMap(({ completed }) => completed ?? []))].sort((a, b) => a - b);
  const until = (tick: number): Operation<O, R>[] =>
    operations
      .filter(({ invoked }) => invoked <= tick)
      .map((it) => (it.completed !== undefined && it.completed <= tick ? it : forgotten(it)));
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isOrdered(until(ends[middle] as number))) low = middle + 1;
    else high = middle;
  }
  return until(ends[low] as number);
}
