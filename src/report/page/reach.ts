/**
 * What the bounds admit, as it is drawn: which messages and nodes a fault may strike, and where each kind's time is over.
 */
import { getOrMake } from '../../core/memo.js';
import type { Bounds, Fault } from '../../faults/fault.js';
import type { Slot } from '../../faults/kind.js';
import { kindOf, kinds, possibleOf } from '../../faults/kinds.js';
import { tickOf } from '../../faults/scenario.js';
import { nodeOf } from '../provenance/loss.js';

const POSSIBLE = new WeakMap<Bounds, readonly Fault[]>();

/** Every fault that the bounds admit, those of kinds that a click does first before others. */
export const possibleIn = (bounds: Bounds): readonly Fault[] =>
  getOrMake(POSSIBLE, bounds, () =>
    [true, false].flatMap((first) =>
      kinds()
        .filter(({ gesture }) => (gesture?.isFirst ?? false) === first)
        .flatMap((kind) => possibleOf(kind, bounds) as Fault[]),
    ),
  );

/** From a tick on, what strikes no more: `EFF: no message losses or delays from here on`. */
export interface End {
  readonly tick: number;
  readonly words: string;
  readonly short: string;
}

export interface Reach {
  /** Whether what is sent in a slot may be struck. */
  hits(slot: Pick<Slot, 'from' | 'to' | 'sent'>): boolean;
  /** The last tick at which a node may be struck; 0 if it never is. */
  lastOf(node: string): number;
  readonly ends: readonly End[];
}

const REACHES = new WeakMap<Bounds, Reach>();

export const reachOf = (bounds: Bounds): Reach => getOrMake(REACHES, bounds, () => reachIn(bounds));

const slotText = ({ from, to, sent }: Pick<Slot, 'from' | 'to' | 'sent'>): string => JSON.stringify([from, to, sent]);

function reachIn(bounds: Bounds): Reach {
  const slots = new Set<string>();
  const lasts = new Map<string, number>();
  for (const fault of possibleIn(bounds)) {
    const slot = kindOf(fault).slot?.(fault);
    if (slot) slots.add(slotText(slot));
    const { downtime, standstill } = kindOf(fault);
    const node = (downtime ?? standstill) && nodeOf(fault);
    if (node !== undefined) lasts.set(node, Math.max(lasts.get(node) ?? 0, tickOf(fault)));
  }
  return { hits: (slot) => slots.has(slotText(slot)), lastOf: (node) => lasts.get(node) ?? 0, ends: endsIn(bounds) };
}

/** Where the time of kinds that the bounds admit is over before the end, those of one tick together. */
function endsIn(bounds: Bounds): End[] {
  const nouns = new Map<number, string[]>();
  for (const kind of kinds()) {
    const tick = kind.end(bounds);
    if (tick < bounds.eot && possibleIn(bounds).some((fault) => fault.kind === kind.kind))
      getOrMake(nouns, tick, (): string[] => []).push(kind.noun);
  }
  return [...nouns].map(([tick, words]) => {
    const isEff = tick === bounds.eff;
    const last = words.length > 1 ? ` or ${words.at(-1)}` : '';
    const none = `no ${(last ? words.slice(0, -1) : words).join(', ')}${last}`;
    return { tick, words: `${isEff ? `EFF ${tick}: ` : ''}${none} from tick ${tick} on`, short: isEff ? 'EFF' : '' };
  });
}
