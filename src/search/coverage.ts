/**
 * What the runs of a search have covered: which rules fired or handlers ran, which faults were injected, and what of
 * that no scenario can reach. Plain data, so that those of the parts of a search make that of the whole.
 */
import type { Fault, Scenario } from '../faults/fault.js';
import { kinds, ofKind } from '../faults/kinds.js';
import { compareFaults, formatFault, tickOf } from '../faults/scenario.js';
import type { Piece, System, SystemRun } from '../lineage/port.js';

/** The possible faults of a kind. */
interface FaultsOfKind {
  readonly kind: string;
  /** How many the bounds admit. */
  readonly possible: number;
  /** How many of them change nothing in any scenario, if that is known. */
  readonly idle?: number | undefined;
  /** The last tick at which one strikes. */
  readonly last: number;
}

export interface Coverage {
  /** How many runs have faults, and in how many of those something is promised. */
  readonly faulty: number;
  readonly promising: number;
  readonly noun: 'rule' | 'handler';
  readonly pieces: readonly Piece[];
  /** Positions of the pieces that did something, in order. */
  readonly ran: readonly number[];
  /** Every kind of which there are any. */
  readonly faults: readonly FaultsOfKind[];
  /** The last tick at which a node may send something to another one in some scenario, if that is known. */
  readonly lastSent?: number | undefined;
  /** Kinds of faults with which nothing is promised in any scenario, if that is known. */
  readonly excused?: readonly string[] | undefined;
  /** Every fault that was injected, once, in the order of faults. */
  readonly injected: Scenario;
}

/** Follows runs. */
export class Tally<R extends SystemRun> {
  private readonly count = { faulty: 0, promising: 0 };
  private readonly ran = new Set<number>();
  private readonly injected = new Map<string, Fault>();

  constructor(private readonly system: System<R>) {}

  add(run: R): void {
    if (run.scenario.length > 0) {
      this.count.faulty++;
      if (run.outcome.kind !== 'vacuous') this.count.promising++;
    }
    for (const piece of this.system.reached?.(run) ?? []) this.ran.add(piece);
    for (const fault of run.scenario) this.injected.set(formatFault(fault), fault);
  }

  /**
   * Undefined for a system of which nothing is known but its runs.
   * @param excused kinds of faults with which nothing is promised, if that is known
   */
  coverage(excused?: readonly string[]): Coverage | undefined {
    const reach = this.system.reach?.();
    if (!reach) return undefined;
    return {
      ...this.count,
      noun: reach.noun,
      pieces: reach.pieces,
      ran: [...this.ran].sort((a, b) => a - b),
      faults: faultsOf(this.system, reach.idle),
      lastSent: reach.lastSent,
      ...(excused && { excused }),
      injected: [...this.injected.values()].sort(compareFaults),
    };
  }
}

function faultsOf({ space: { faults } }: System, idle: ReadonlySet<number> | undefined): FaultsOfKind[] {
  const at = (some: ReadonlySet<number>): Fault[] => faults.filter((_, i) => some.has(i));
  return kinds().flatMap((kind): FaultsOfKind[] => {
    const own = ofKind(faults, kind);
    if (own.length === 0) return [];
    const last = Math.max(...own.map(tickOf));
    return [{ kind: kind.kind, possible: own.length, last, ...(idle && { idle: ofKind(at(idle), kind).length }) }];
  });
}

/** That of a search from those of its parts: a union, since each part makes runs of its own. */
export function unionOf(parts: readonly (Coverage | undefined)[]): Coverage | undefined {
  const all = parts.filter((part) => part !== undefined);
  // A part that was stopped early may not know yet what there is.
  const first = all.find(({ pieces }) => pieces.length > 0) ?? all[0];
  if (!first) return undefined;
  const sum = (of: (one: Coverage) => number): number => all.reduce((total, one) => total + of(one), 0);
  const injected = new Map(all.flatMap((one) => one.injected.map((fault) => [formatFault(fault), fault])));
  return {
    faulty: sum(({ faulty }) => faulty),
    promising: sum(({ promising }) => promising),
    noun: first.noun,
    // What one part has proven of all scenarios is so.
    pieces: first.pieces.map((piece, i) => all.find(({ pieces }) => pieces[i]?.never)?.pieces[i] ?? piece),
    ran: [...new Set(all.flatMap(({ ran }) => ran))].sort((a, b) => a - b),
    faults: first.faults.map((one, i) => all.find(({ faults }) => faults[i]?.idle !== undefined)?.faults[i] ?? one),
    lastSent: all.find(({ lastSent }) => lastSent !== undefined)?.lastSent,
    excused: all.find(({ excused }) => excused)?.excused,
    injected: [...injected.values()].sort(compareFaults),
  };
}
