/**
 * Cubes of scenarios: variables for the faults that the bounds admit, and what follows from the values of some of them.
 *
 * A variable says that one fault of a set is injected. For `crash a@3` the set is a's crashes up to tick 3, for an
 * omission it is all that keeps the slot from arriving, for any other fault the fault itself; and there is one for all
 * that takes a node down at a tick, or keeps a slot from arriving. Truth is 1 (in every
 * scenario of the cube), -1 (in none) or 0 (open); `and` is the least, `or` the greatest, `not` the sign (Kleene, 1952).
 */
import { getOrMake, groupBy } from '../../core/memo.js';
import type { Bounds } from '../fault.js';
import { type AnyFault, type FaultKind, NO_LIMIT, numbersOf, type Slot } from '../kind.js';
import { costOf, faultKey, keyOf, kindOf, kinds, possibleOf } from '../kinds.js';

export type Truth = -1 | 0 | 1;
export const both = (a: Truth, b: Truth): Truth => (a < b ? a : b);
export const not = (a: Truth): Truth => (a === 0 ? 0 : a === 1 ? -1 : 1);

/** Faults by number. */
type Faults = readonly number[];

/** What the bounds admit. */
export class Scope {
  readonly faults: readonly AnyFault[];
  /** The set of each variable: one for every fault, then those of what can go wrong with a node or a slot. */
  readonly variables: readonly Faults[];
  /** Of each fault those that cannot be injected beside it. */
  readonly rivals: readonly ReadonlySet<number>[];
  /** What faults may cost together: of each group one is injected, or none. */
  readonly limits: readonly { readonly most: number; readonly groups: readonly { cost: number; faults: Faults }[] }[];
  private readonly known = new Map<string, Faults>();

  constructor(readonly bounds: Bounds) {
    this.faults = kinds().flatMap((kind) => possibleOf(kind, bounds));
    const own = this.faults.map((fault, i) => {
      const { kind, denies, downtime, slot } = kindOf(fault);
      const [down, hit] = [downtime?.(fault), slot?.(fault)];
      if (hit && denies(fault, hit)) return this.deniers(hit);
      if (!down || down.until !== undefined) return [i];
      const isBefore = (it: AnyFault): boolean =>
        spanOf(it).what === spanOf(fault).what && spanOf(it).from <= down.from;
      return this.all([kind, down.node, down.from], (it) => it.kind === kind && isBefore(it));
    });
    this.variables = distinct([...own, ...this.causes()], own.length);
    const spans = this.faults.map((fault, i) => ({ i, fault, ...spanOf(fault) }));
    const near = groupBy(spans, ({ what }) => what);
    this.rivals = spans.map(({ i, what, from, until }) => {
      const rivals = (near.get(what) ?? []).filter((it) => it.i !== i && from <= it.until && it.from <= until);
      return new Set(rivals.map((it) => it.i));
    });
    const groupsOf = (isMeant: (kind: FaultKind) => boolean) =>
      [...groupBy(spans, ({ i, fault, what, until }) => keyOf(until < Infinity ? [i] : [fault.kind, what])).values()]
        .filter(([{ fault }]) => isMeant(kindOf(fault)))
        .map((group) => ({ cost: costOf(group[0].fault, bounds), faults: group.map(({ i }) => i) }));
    const each = kinds().map((kind) => {
      const groups = groupsOf((it) => it === kind).map(({ faults }) => ({ cost: 1, faults }));
      return { most: kind.most?.(bounds) ?? NO_LIMIT, groups };
    });
    this.limits = [...each, { most: bounds.maxCost ?? NO_LIMIT, groups: groupsOf(() => true) }].filter(
      ({ most }) => most < NO_LIMIT,
    );
  }

  /** What takes each node down, stops it, and keeps each slot from arriving, tick by tick. */
  private *causes(): Generator<Faults> {
    const { nodes, eot, perMessage } = this.bounds;
    for (let tick = 1; tick <= eot; tick++)
      for (const node of nodes) {
        yield this.down(node, tick);
        yield this.stops(node, tick);
        for (const to of nodes)
          for (const nth of numbersOf(perMessage))
            if (to !== node) yield this.deniers({ from: node, to, sent: tick, nth });
      }
  }

  /** The value of each variable in a scenario; undefined if it is not within the bounds. */
  values(scenario: readonly AnyFault[]): ReadonlyMap<number, boolean> | undefined {
    const wanted = new Set(scenario.map(faultKey));
    const injected = this.faults.map((fault) => wanted.delete(faultKey(fault)));
    if (wanted.size > 0) return undefined;
    return new Map(this.variables.map((faults, i) => [i, faults.some((fault) => injected[fault])]));
  }

  /** The faults of which something is true, in order; kept by a key. */
  all(key: readonly (string | number)[], isMeant: (fault: AnyFault, kind: FaultKind) => boolean): Faults {
    return getOrMake(this.known, keyOf(key), () =>
      this.faults.flatMap((fault, i) => (isMeant(fault, kindOf(fault)) ? [i] : [])),
    );
  }

  /** Those because of which a node is down at a tick. */
  down(node: string, tick: number): Faults {
    return this.all(['down', node, tick], (fault, { downtime }) => {
      const down = downtime?.(fault);
      return down?.node === node && down.from <= tick && tick <= (down.until ?? tick);
    });
  }

  /** Those because of which it runs no rules either, and takes nothing that arrives. */
  stops(node: string, tick: number): Faults {
    return this.all(['stops', node, tick], (fault, { stops, downtime }) => {
      const down = stops ? downtime?.(fault) : undefined;
      return down?.node === node && down.from <= tick && tick <= (down.until ?? tick);
    });
  }

  /** Those that keep what is sent in a slot from arriving. */
  deniers(slot: Slot): Faults {
    const isReliable = this.bounds.reliable?.includes(`${slot.from}>${slot.to}`);
    return this.all(['denies', slot.from, slot.to, slot.sent, slot.nth ?? 0], (fault, { denies, hitsMany }) =>
      hitsMany && isReliable ? false : denies(fault, slot),
    );
  }
}

/** Those after the first `kept` without the empty ones and those that were there before. */
function distinct(sets: readonly Faults[], kept: number): Faults[] {
  const known = new Set(['']);
  return sets.filter((set, i) => {
    const isNew = !known.has(set.join());
    known.add(set.join());
    return i < kept || isNew;
  });
}

/** What a fault takes, and the ticks for which it takes it: two that want the same at once exclude each other. */
function spanOf(fault: AnyFault): { readonly what: string; readonly from: number; readonly until: number } {
  const { kind, order, downtime, standstill, slot, precedence, fields } = kindOf(fault);
  const time = downtime?.(fault) ?? standstill?.(fault);
  if (time)
    return {
      what: keyOf([downtime ? 'down' : 'slow', time.node]),
      from: time.from,
      until: (time.until ?? Infinity) + 1,
    };
  const [hit, first] = [slot?.(fault), precedence?.(fault)];
  const what =
    hit && 'by' in fields ? [kind, hit.from, hit.to, hit.sent, hit.nth ?? 0] : first && [first.node, first.tick];
  return { what: keyOf(what ?? [kind, ...order(fault)]), from: 0, until: 0 };
}

/** The scenarios in which some variables have given values. */
export class Cube {
  /** Whether no scenario within the bounds is among them. */
  readonly isEmpty: boolean;
  private readonly isOut: Uint8Array;
  /** Of each set one fault is injected. */
  private readonly sets: Faults[] = [];

  constructor(
    private readonly scope: Scope,
    values: ReadonlyMap<number, boolean>,
  ) {
    this.isOut = new Uint8Array(scope.faults.length);
    for (const [variable, isTrue] of values) {
      const faults = scope.variables[variable] as Faults;
      if (isTrue) this.sets.push(faults);
      else for (const fault of faults) this.isOut[fault] = 1;
    }
    this.isEmpty = !this.close();
  }

  /** Whether one of some faults is injected. */
  some(faults: Faults): Truth {
    if (faults.every((fault) => this.isOut[fault] === 1)) return -1;
    const isOne = (set: Faults): boolean => set.every((fault) => this.isOut[fault] === 1 || faults.includes(fault));
    return this.sets.some(isOne) ? 1 : 0;
  }

  /** Rules out what cannot be; false if nothing can. */
  private close(): boolean {
    for (let before = -1, now = this.left(); before !== now; before = now, now = this.left()) {
      for (const set of this.sets) {
        const [one, ...others] = set.filter((fault) => this.isOut[fault] === 0);
        if (one === undefined) return false;
        for (const rival of this.scope.rivals[one] ?? [])
          if (others.every((other) => this.scope.rivals[other]?.has(rival))) this.isOut[rival] = 1;
      }
      for (const { most, groups } of this.scope.limits) {
        const open = groups.filter(({ faults }) => this.some(faults) !== 1);
        const cost = (some: typeof groups): number => some.reduce((sum, group) => sum + group.cost, 0);
        const left = most - (cost(groups) - cost(open));
        if (left < 0) return false;
        for (const group of open) if (group.cost > left) for (const fault of group.faults) this.isOut[fault] = 1;
      }
    }
    return true;
  }

  private left(): number {
    return this.isOut.reduce((count, isOut) => count - isOut, this.isOut.length);
  }
}
