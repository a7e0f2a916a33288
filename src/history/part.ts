/**
 * The part of a history that shows why it has no order.
 *
 * An operation may be forgotten: its client is never told, so it is pending. That takes nothing from the others, so a
 * history that had an order keeps one; and operations that are left after all that can be were forgotten contradict
 * each other. Deleting operations instead would blame a read whose write was deleted. Those that were forgotten are
 * then left out where nothing needs them. Deletion to a minimal set: Zeller and Hildebrandt, 'Simplifying and isolating
 * failure-inducing input', 2002.
 */
import { forgotten, type History, type HistoryAnswer, isPending, type Operation, operationInWords } from './history.js';

const without = <T>(items: readonly T[], i: number): T[] => items.filter((_, j) => j !== i);

/**
 * @param operations without an order
 * @param hasOrder monotone: forgetting what an operation says never takes an order away
 */
export function contradiction<O, R>(
  operations: History<O, R>,
  hasOrder: (operations: History<O, R>) => boolean,
  promise: string,
): HistoryAnswer<O, R> {
  let kept = [...operations];
  for (let i = kept.length - 1; i >= 0; i--) {
    const operation = kept[i] as Operation<O, R>;
    const fewer = kept.with(i, forgotten(operation));
    if (!isPending(operation) && !hasOrder(fewer)) kept = fewer;
  }
  for (let i = kept.length - 1; i >= 0; i--) {
    const fewer = without(kept, i);
    if (isPending(kept[i] as Operation) && isNeeded(fewer, hasOrder)) kept = fewer;
  }
  const part = kept.filter((operation) => !isPending(operation));
  const around = kept.filter(isPending);
  return { kind: 'violated', part, around, sentence: sentence(promise, part, around) };
}

/** Whether there is an order as soon as any one of them is forgotten. */
const isNeeded = <O, R>(operations: History<O, R>, hasOrder: (operations: History<O, R>) => boolean): boolean =>
  operations.every((operation, i) => isPending(operation) || hasOrder(operations.with(i, forgotten(operation))));

function sentence(promise: string, part: History, around: History): string {
  const said = part.map(operationInWords).join('; ');
  const others = around.length > 0 ? ` (with ${around.map(operationInWords).join('; ')}, at any time)` : '';
  return `${promise}: ${said}${others}`;
}
