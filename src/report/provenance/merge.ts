/**
 * Ways that say the same, put together: those of one promise that the same faults cut and that need the same messages
 * but for the ticks at which they are sent, or but for nodes that change places. Then promises that are kept in the
 * very same ways.
 *
 * Only the reader is spared something: a row still holds every one of its ways, and all of them have the row's marks.
 */
import { getOrMake, groupBy } from '../../core/memo.js';
import type { Conditions, PromiseSupport, Swap } from './conditions.js';
import type { LedgerRow } from './views.js';

type Support = PromiseSupport['support'];

/** Ways that differ in ticks at most. */
interface Shape {
  /** The faults that cut its ways, and its slots, sorted. */
  readonly cut: readonly boolean[];
  readonly slots: readonly number[];
  readonly supports: Support[];
}

/** Shapes that differ in nodes' names at most, the simplest first. */
interface Kind {
  readonly promises: string[];
  readonly shapes: Shape[];
  /** Nodes that change places between the shapes. */
  readonly exchanged: Set<string>;
}

/** The rows of a ledger, those that the fewest faults cut first. */
export function mergeSupports(
  supports: readonly PromiseSupport[],
  conditions: Conditions,
  nodes: readonly string[],
  faults: number,
): LedgerRow[] {
  const swaps = nodes.flatMap((a, i) => nodes.slice(i + 1).map((b): Swap => [a, b]));
  const shapes = [...groupBy(supports, ({ promise }) => promise)].map(([promise, own]) => {
    const alone = own.map(({ support }) => support);
    return [promise, shapesOf(alone, conditions, faults)] as const;
  });
  const kinds = shapes.flatMap(([promise, shapes]) => kindsOf(promise, shapes, conditions, swaps));
  return shared(kinds)
    .map((kind) => rowOf(kind, conditions, nodes))
    .sort((a, b) => compareMarks(a.cut, b.cut));
}

function shapesOf(supports: readonly Support[], conditions: Conditions, faults: number): Shape[] {
  const shapes = new Map<string, Shape>();
  for (const support of supports) {
    const cut = Array.from({ length: faults }, (_, i) =>
      support.some((condition) => conditions.of(condition).cut.includes(i)),
    );
    const slots = support.map((condition) => conditions.slot(condition)).sort((a, b) => a - b);
    getOrMake(shapes, keyOf(cut, slots), () => ({ cut, slots, supports: [] })).supports.push(support);
  }
  return [...shapes.values()];
}

const keyOf = (cut: readonly boolean[], slots: readonly number[]): string => `${cut.map(Number).join('')} ${slots}`;

/** Puts shapes together that become one another when two nodes change places. */
function kindsOf(promise: string, shapes: readonly Shape[], conditions: Conditions, swaps: readonly Swap[]): Kind[] {
  const left = new Map(shapes.map((shape) => [keyOf(shape.cut, shape.slots), shape]));
  const kinds: Kind[] = [];
  for (const first of shapes) {
    if (!left.delete(keyOf(first.cut, first.slots))) continue;
    const kind: Kind = { promises: [promise], shapes: [first], exchanged: new Set() };
    // The list grows while it is walked: what is alike to something alike belongs here too.
    for (const shape of kind.shapes) {
      if (left.size === 0) break;
      for (const swap of swaps) {
        const key = keyOf(shape.cut, exchange(shape.slots, swap, conditions));
        const other = left.get(key);
        if (!other) continue;
        left.delete(key);
        kind.shapes.push(other);
        for (const node of swap) kind.exchanged.add(node);
      }
    }
    kinds.push(kind);
  }
  return kinds;
}

const exchange = (slots: readonly number[], swap: Swap, conditions: Conditions): number[] =>
  slots.map((slot) => conditions.exchanged(slot, swap)).sort((a, b) => a - b);

/** Promises that are kept in the very same ways share them. */
function shared(kinds: readonly Kind[]): Kind[] {
  const known = new Map<string, Kind>();
  for (const kind of kinds) {
    const key = kind.shapes
      .flatMap(({ supports }) => supports.map(String))
      .sort()
      .join(';');
    const same = known.get(key);
    if (same) same.promises.push(...kind.promises);
    else known.set(key, kind);
  }
  return [...known.values()];
}

function rowOf({ promises, shapes, exchanged }: Kind, conditions: Conditions, nodes: readonly string[]): LedgerRow {
  const [first] = shapes as [Shape];
  const supports = shapes.flatMap((shape) => shape.supports);
  return {
    promises,
    cut: first.cut,
    supports: supports.map((support) => conditions.inOrder(support).map((condition) => conditions.view(condition))),
    otherTicks: otherTicks(first.supports, conditions),
    exchanged: nodes.filter((node) => exchanged.has(node)),
  };
}

/**
 * Per need of the first support, the other ticks at which the same message is sent in one of the supports, which
 * differ in ticks at most.
 */
function otherTicks(supports: readonly Support[], conditions: Conditions): number[][] {
  const aligned = supports.map((support) => {
    const ordered = conditions.inOrder(support);
    // Stable: copies of one message stay in the order of time.
    return ordered
      .map((condition, at) => ({ at, condition }))
      .sort((a, b) => conditions.slot(a.condition) - conditions.slot(b.condition));
  });
  const [first] = aligned as [(typeof aligned)[0]];
  const others: number[][] = first.map(() => []);
  for (const [i, { at, condition }] of first.entries()) {
    const ticks = new Set(
      aligned.map((ordered) => conditions.of((ordered[i] as { condition: number }).condition).tick),
    );
    ticks.delete(conditions.of(condition).tick);
    others[at] = [...ticks].filter((tick): tick is number => tick !== undefined).sort((a, b) => a - b);
  }
  return others;
}

/** Few marks first, then the marks of the first fault. */
function compareMarks(a: readonly boolean[], b: readonly boolean[]): number {
  const count = (marks: readonly boolean[]): number => marks.filter((mark) => mark).length;
  const i = a.findIndex((mark, at) => mark !== b[at]);
  return count(a) - count(b) || (i < 0 ? 0 : a[i] ? -1 : 1);
}
