/**
 * Is there an order of the operations that a model allows? A search over which operation comes next.
 *
 * Wing and Gong, 'Testing and verifying concurrent objects', 1993: depth first, the next operation is one that nothing
 * precedes any more. Lowe, 'Testing for linearizability', 2017: what was done together with the model's state is a
 * situation, and no situation is looked at twice. Pending operations may be left out.
 */
import { isPending, type Operation, type Steps } from './history.js';
import { allows, type Model } from './models.js';
import { plainKey } from './text.js';

/** Whether the first comes before the second, which is later in the list. */
export type Precedence = (a: Operation, b: Operation) => boolean;

interface Situation {
  readonly state: unknown;
  /** The operation that led here, by position; -1 at the start. */
  readonly by: number;
  /** The position that is tried next. */
  next: number;
}

/** @param operations in an order that `precedes` agrees with */
export function hasOrder(operations: readonly Operation[], model: Model, precedes: Precedence, steps: Steps): boolean {
  const before = operations.map((b, i) => operations.slice(0, i).flatMap((a, j) => (precedes(a, b) ? [j] : [])));
  const done = new Uint8Array(operations.length);
  const seen = new Set<string>();
  const stack: Situation[] = [{ state: model.initial, by: -1, next: 0 }];
  let left = operations.filter((operation) => !isPending(operation)).length;
  const turn = (i: number, isDone: boolean): void => {
    done[i] = isDone ? 1 : 0;
    if (!isPending(operations[i] as Operation)) left += isDone ? -1 : 1;
  };
  while (left > 0) {
    const here = stack.at(-1);
    if (!here) return false;
    const i = here.next++;
    const operation = operations[i];
    if (!operation) {
      stack.pop();
      if (here.by >= 0) turn(here.by, false);
      continue;
    }
    if (done[i] || (before[i] as number[]).some((j) => !done[j])) continue;
    steps.take();
    const step = model.step(here.state, operation.op);
    if (!isPending(operation) && !allows(step, operation.result)) continue;
    turn(i, true);
    const situation = `${String.fromCharCode(...packed(done))}${plainKey(step.state)}`;
    if (seen.has(situation)) turn(i, false);
    else {
      seen.add(situation);
      stack.push({ state: step.state, by: i, next: 0 });
    }
  }
  return true;
}

/** Sixteen bits to a number. */
function packed(bits: Uint8Array): Uint16Array {
  const words = new Uint16Array(Math.ceil(bits.length / 16));
  bits.forEach((bit, i) => {
    if (bit) words[i >> 4] = (words[i >> 4] as number) | (1 << (i & 15));
  });
  return words;
}
