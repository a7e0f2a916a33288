/**
 * Whether a history has an order, found by trying every permutation of every choice of pending operations; and whether
 * the session guarantees hold, found by trying every order of the writes. Written apart from `src/history/`.
 */
import type { Operation } from '../../src/history/history.js';

/** A sequential object, as a class that changes itself. */
export interface Thing {
  do(op: Record<string, unknown>): unknown;
}

/** What a write is told does not matter. */
const ANYTHING = Symbol('anything');

export class Cell implements Thing {
  constructor(private value: unknown = null) {}
  do(op: Record<string, unknown>): unknown {
    switch (op.kind) {
      case 'write':
      case 'put':
        this.value = op.value;
        return ANYTHING;
      case 'delete':
        this.value = null;
        return ANYTHING;
      case 'cas':
        if (this.value !== op.from) return false;
        this.value = op.to;
        return true;
      default:
        return this.value;
    }
  }
}

export class Counter implements Thing {
  private sum = 0;
  do(op: Record<string, unknown>): unknown {
    if (op.kind === 'read') return this.sum;
    this.sum += op.by as number;
    return ANYTHING;
  }
}

export class Bag implements Thing {
  private readonly members = new Set<unknown>();
  do(op: Record<string, unknown>): unknown {
    if (op.kind === 'has') return this.members.has(op.value);
    if (op.kind === 'read') return [...this.members].sort();
    if (op.kind === 'add') this.members.add(op.value);
    else this.members.delete(op.value);
    return ANYTHING;
  }
}

export class Line implements Thing {
  private readonly waiting: unknown[] = [];
  do(op: Record<string, unknown>): unknown {
    if (op.kind === 'dequeue') return this.waiting.shift() ?? null;
    this.waiting.push(op.value);
    return ANYTHING;
  }
}

export class Store implements Thing {
  private readonly cells = new Map<unknown, Cell>();
  do(op: Record<string, unknown>): unknown {
    const cell = this.cells.get(op.key) ?? new Cell();
    this.cells.set(op.key, cell);
    return cell.do(op);
  }
}

function* permutations<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield [];
  for (let i = 0; i < items.length; i++)
    for (const rest of permutations([...items.slice(0, i), ...items.slice(i + 1)])) yield [items[i] as T, ...rest];
}

const position = (history: readonly Operation[], it: Operation): number => history.indexOf(it);

/** Whether `a` was over before `b` began. */
function isOver(history: readonly Operation[], a: Operation, b: Operation): boolean {
  if (a.completed === undefined) return false;
  if (a.client !== b.client) return a.completed < b.invoked;
  if (a.turns && b.turns) return (a.turns[1] as number) < (b.turns[0] as number);
  const isFirst = a.invoked < b.invoked || (a.invoked === b.invoked && position(history, a) < position(history, b));
  return isFirst && a.completed <= b.invoked;
}

export function hasOrderNaive(history: readonly Operation[], make: () => Thing, isInTime: boolean): boolean {
  const pending = history.filter(({ completed }) => completed === undefined);
  for (let choice = 0; choice < 2 ** pending.length; choice++) {
    const left = new Set(pending.filter((_, i) => (choice & (1 << i)) === 0));
    for (const order of permutations(history.filter((it) => !left.has(it)))) {
      const isKept = order.every((a, i) =>
        order.slice(0, i).every((b) => !((isInTime || a.client === b.client) && isOver(history, a, b))),
      );
      if (!isKept) continue;
      const thing = make();
      const isRight = order.every((it) => {
        const told = thing.do(it.op as Record<string, unknown>);
        return it.completed === undefined || told === ANYTHING || JSON.stringify(told) === JSON.stringify(it.result);
      });
      if (isRight) return true;
    }
  }
  return false;
}

/**
 * By Viotti and Vukolić: an order of the writes, and for each read the writes that it sees, the last giving its value.
 */
export function sessionNaive(history: readonly Operation[], guarantee: 'reads' | 'writes'): boolean {
  const kindOf = ({ op }: Operation): unknown => (op as { kind: string }).kind;
  const writes = history.filter((it) => kindOf(it) === 'write');
  const reads = history.filter((it) => kindOf(it) === 'read' && it.completed !== undefined);
  const seen = (order: readonly Operation[], read: Operation): number[] =>
    [-1, ...order.keys()].filter((i) => {
      const write = order[i];
      if (!write) return read.result === null;
      return (write.op as { value: unknown }).value === read.result && write.invoked <= (read.completed as number);
    });
  for (const order of permutations(writes)) {
    if (order.some((a, i) => order.slice(0, i).some((b) => isOver(history, a, b)))) continue;
    const choose = (i: number, chosen: ReadonlyMap<Operation, number>): boolean => {
      const read = reads[i];
      if (!read) {
        return reads.every((later) =>
          (guarantee === 'reads' ? reads : writes)
            .filter((it) => it.client === later.client && isOver(history, it, later))
            .every((it) => (chosen.get(it) ?? order.indexOf(it)) <= (chosen.get(later) as number)),
        );
      }
      return seen(order, read).some((at) => choose(i + 1, new Map(chosen).set(read, at)));
    };
    if (choose(0, new Map())) return true;
  }
  return false;
}
