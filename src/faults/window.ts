/**
 * What faults that last for a while have in common: partitions, restarts and skews.
 *
 * A window `[2,5)` is ticks 2, 3 and 4. It ends before EFF, and before what is sent could arrive too late.
 */
import { FIRST_TICK, unknownNode, type World } from './kind.js';
import { type FiniteFailures, isOver, lastTick } from './omission.js';

/** Ticks from ≤ t < until. */
export interface Window {
  readonly from: number;
  readonly until: number;
}

/** A window of one node. */
export interface NodeWindow extends Window {
  readonly node: string;
}

export const WINDOW_FIELDS = { node: 'node', from: 'tick', until: 'tick' } as const;

type Finite = World & Partial<FiniteFailures>;

/** Every window, the earliest first. */
export function windowsOf(bounds: Finite): Window[] {
  const last = lastTick(bounds);
  return Array.from({ length: last }, (_, i) => i + 1).flatMap((from) =>
    Array.from({ length: last - from + 1 }, (_, i) => ({ from, until: from + 1 + i })),
  );
}

/** Every window of every node. */
export const nodeWindows = (bounds: Finite): NodeWindow[] =>
  windowsOf(bounds).flatMap((window) => bounds.nodes.map((node) => ({ node, ...window })));

/** How many windows there are. */
export const windowCount = (bounds: Finite): number => (lastTick(bounds) * (lastTick(bounds) + 1)) / 2;

/** Whether a window is one of them. */
const isWindow = ({ from, until }: Window, bounds: Finite): boolean =>
  from >= 1 && until > from && until <= lastTick(bounds) + 1;

/** Why a window lies outside the bounds; `what`: `restarts`. */
export function windowOver(window: Window, bounds: Finite, what: string): string | undefined {
  const { from, until } = window;
  if (from < 1) return FIRST_TICK;
  if (until <= from) return 'it ends before it begins';
  return isWindow(window, bounds) ? undefined : isOver(what, bounds, `lasts to tick ${until - 1}`);
}

/** The same of the window of a node. */
export const windowOutside = (window: NodeWindow, bounds: Finite, what: string): string | undefined =>
  windowOver(window, bounds, what) ?? unknownNode([window.node], bounds.nodes);

/** The smallest EFF that admits windows. */
export const effOf = (windows: readonly Window[]): number => Math.max(0, ...windows.map(({ until }) => until));
