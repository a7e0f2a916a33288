/**
 * The fault space: one boolean variable per possible fault, and the formulas over them that everything else reads.
 *
 * This is the one layer that simulators, grounder and learned transitions share. A leaf fact of a run is `arrives(from,
 * to, sent, at)`, `up(node, tick)` or a fault that assertions see; each is a formula over fault variables. A simulator
 * evaluates it under a scenario, lineage keeps it.
 */
import { Circuit, FALSE, type Formula, TRUE } from '../core/circuit.js';
import { invariant } from '../core/invariant.js';
import type { Bounds, Fault, Scenario } from './fault.js';
import { type AnyFault, type Arrival, type Clock, type FaultKind, numbersOf, type Precedence } from './kind.js';
import { faultKey, kindOf, kinds, possibleOf } from './kinds.js';
import { lawful } from './laws.js';
import { admit, canonical } from './scenario.js';

/** That a node, by its number, goes down at a tick, as Dedalus assertions see it: at every node and tick. */
export interface SeenFault {
  readonly node: number;
  readonly tick: number;
  readonly when: Formula;
}

/** The formulas of the faults that take a node down at a tick: for ever, or until another tick. */
interface Falls {
  readonly forEver: Formula[];
  readonly passing: { readonly until: number; readonly when: Formula; readonly stops: boolean }[];
  /** Those of them that stop the node altogether. */
  readonly stopping: { readonly until: number; readonly when: Formula }[];
}

/** That the timers of a node, by its number, come no nearer at some ticks. */
interface Standstill {
  readonly node: number;
  readonly from: number;
  readonly until: number;
  readonly when: Formula;
}

export class FaultSpace implements Clock<Bounds> {
  /** All formulas of one search live here. */
  readonly circuit = new Circuit();
  /** Every possible fault; its index is the number of its variable. */
  readonly faults: readonly Fault[];
  /** The kinds of which there are any. */
  private readonly editors: readonly FaultKind[];
  /** True in exactly the assignments that are within the bounds. */
  readonly admissible: Formula;
  readonly seen: readonly SeenFault[];
  /** Variables of the very objects in `faults`. */
  private readonly own: ReadonlyMap<AnyFault, Formula>;
  /** The same by what is in them, as soon as it is asked for. */
  private byKey: ReadonlyMap<string, Formula> | undefined;
  /** By node, then tick. */
  private readonly falls: Falls[][];
  /** Per node and tick, as far as it was asked for: 'down for ever', and 'down at this tick'. */
  private readonly down: { readonly gone: Formula; readonly now: Formula }[][];
  /** Whether some fault stops a node, makes timers stand still, or changes the order of messages. */
  readonly has: { readonly stops: boolean; readonly standstills: boolean; readonly orders: boolean };
  private readonly standstills: readonly Standstill[];
  private readonly precedences: readonly (Precedence<number> & { readonly when: Formula })[];
  private readonly admitted = new WeakSet<Scenario>();
  private readonly arrivalCache = new Map<number, readonly Arrival[]>();

  constructor(readonly bounds: Bounds) {
    const { nodes, eot } = bounds;
    const possible = kinds().map((kind) => ({ kind, faults: possibleOf(kind, bounds) as Fault[] }));
    this.faults = possible.flatMap(({ faults }) => faults);
    this.editors = possible.flatMap(({ kind, faults }) => (faults.length > 0 ? [kind] : []));
    this.own = new Map(this.faults.map((fault, i) => [fault, this.circuit.variable(i)]));
    this.down = nodes.map(() => []);
    this.falls = nodes.map(() => Array.from({ length: eot + 1 }, () => ({ forEver: [], passing: [], stopping: [] })));
    const seen = new Map<number, SeenFault>();
    const standstills: Standstill[] = [];
    const precedences: (Precedence<number> & { readonly when: Formula })[] = [];
    for (const fault of this.faults) {
      const { downtime, standstill, precedence, isSeen, stops } = kindOf(fault);
      const when = this.variable(fault);
      const number = (node: string): number => nodes.indexOf(node);
      const down = downtime?.(fault);
      if (down) {
        const { from, until } = down;
        const node = number(down.node);
        const falls = this.falls[node]?.[from];
        if (until === undefined) falls?.forEver.push(when);
        else falls?.passing.push({ until, when, stops: stops === true });
        if (stops) falls?.stopping.push({ until: until ?? eot, when });
        const key = node * (eot + 1) + from;
        if (isSeen) seen.set(key, { node, tick: from, when: this.circuit.or([seen.get(key)?.when ?? FALSE, when]) });
      }
      const still = standstill?.(fault);
      if (still) standstills.push({ ...still, node: number(still.node), when });
      const first = precedence?.(fault);
      if (first) precedences.push({ tick: first.tick, node: number(first.node), first: number(first.first), when });
    }
    this.standstills = standstills;
    this.precedences = precedences;
    this.has = {
      stops: this.falls.some((ticks) => ticks.some(({ stopping }) => stopping.length > 0)),
      standstills: standstills.length > 0,
      orders: precedences.length > 0,
    };
    this.seen = [...seen.values()].sort((a, b) => a.node - b.node || a.tick - b.tick);
    this.admissible = lawful(this, this.faults);
  }

  /** 'This fault is injected'; FALSE if the bounds exclude it. */
  readonly variable = (fault: AnyFault): Formula => {
    const own = this.own.get(fault);
    if (own !== undefined) return own;
    this.byKey ??= new Map([...this.own].map(([known, variable]) => [faultKey(known), variable]));
    return this.byKey.get(faultKey(fault)) ?? FALSE;
  };

  /**
   * The ticks at which what node number `from` sends to node number `to` at tick `sent` may hold, and when it does.
   * @param number of the message in its slot, from 1, where messages have fates of their own
   */
  arrivals(from: number, to: number, sent: number, number = 1): readonly Arrival[] {
    const { nodes, eot, perMessage = 0 } = this.bounds;
    const nth = Math.min(number, perMessage);
    const key = ((from * nodes.length + to) * (eot + 1) + sent) * (perMessage + 1) + nth;
    let arrivals = this.arrivalCache.get(key);
    if (arrivals === undefined) {
      arrivals = [{ at: sent + 1, when: TRUE }];
      if (from !== to) {
        const slot = { from, to, sent, nth: nth > 0 ? nth : undefined };
        for (const kind of this.editors) arrivals = kind.arrives?.(this, slot, arrivals) ?? arrivals;
        const sends = this.up(from, sent);
        arrivals = arrivals.map(({ at, when }) => ({ at, when: this.circuit.and([when, sends]) }));
        if (arrivals.length > 1) arrivals = this.oncePerTick(arrivals);
      }
      if (this.has.stops)
        arrivals = arrivals.map(({ at, when }) => ({
          at,
          when: this.circuit.and([when, this.running(from, sent), this.running(to, at)]),
        }));
      this.arrivalCache.set(key, arrivals);
    }
    return arrivals;
  }

  /** Whether all that is sent in a slot shares a fate. */
  isShared(from: number, to: number, sent: number): boolean {
    const { perMessage = 0 } = this.bounds;
    if (perMessage <= 1 || from === to) return true;
    const first = this.arrivals(from, to, sent, 1);
    const isSame = (others: readonly Arrival[]): boolean =>
      others.length === first.length &&
      first.every(({ at, when }, i) => others[i]?.at === at && others[i]?.when === when);
    return numbersOf(perMessage).every((number) => isSame(this.arrivals(from, to, sent, number)));
  }

  /** 'Node number `node` runs its rules at `tick`, and takes what arrives.' A Dedalus node that has crashed does. */
  running(node: number, tick: number): Formula {
    if (!this.has.stops) return TRUE;
    const stopping = (this.falls[node] ?? []).slice(0, tick + 1).flatMap((falls) => falls.stopping);
    return -this.circuit.or(stopping.flatMap(({ until, when }) => (until >= tick ? [when] : [])));
  }

  /** 'Timers of node number `node` come no nearer at `tick`.' */
  standing(node: number, tick: number): Formula {
    const now = this.standstills.filter((it) => it.node === node && it.from <= tick && tick <= it.until);
    return this.circuit.or(now.map(({ when }) => when));
  }

  /** Whose messages may come first at a node and tick, and when they do. At most one of the formulas is true. */
  firsts(node: number, tick: number): readonly { readonly first: number; readonly when: Formula }[] {
    return this.has.orders ? this.precedences.filter((it) => it.node === node && it.tick === tick) : [];
  }

  /** In the order of time; copies that arrive at the same tick are one. */
  private oncePerTick(arrivals: readonly Arrival[]): readonly Arrival[] {
    const whens = new Map<number, Formula[]>();
    for (const { at, when } of arrivals) whens.set(at, [...(whens.get(at) ?? []), when]);
    return [...whens].sort(([a], [b]) => a - b).map(([at, when]) => ({ at, when: this.circuit.or(when) }));
  }

  /** 'Node number `node` runs at `tick`.' */
  up(node: number, tick: number): Formula {
    const { circuit } = this;
    const falls = this.falls[node] as Falls[];
    const down = this.down[node] as { gone: Formula; now: Formula }[];
    for (let t = down.length; t <= tick; t++) {
      // A chain over the ticks, so that all of them share gates.
      const gone = circuit.or([down[t - 1]?.gone ?? FALSE, ...(falls[t]?.forEver ?? [])]);
      const passing = falls.slice(0, t + 1).flatMap((at) => at.passing.filter(({ until }) => until >= t));
      down.push({ gone, now: circuit.or([gone, ...passing.map(({ when }) => when)]) });
    }
    return -(down[tick]?.now ?? FALSE);
  }

  /** 'Node number `node` goes down at `tick`', but for a restart. */
  falling(node: number, tick: number): Formula {
    const { forEver = [], passing = [] } = this.falls[node]?.[tick] ?? {};
    return this.circuit.or([...forEver, ...passing.flatMap(({ when, stops }) => (stops ? [] : [when]))]);
  }

  /** 'Node number `node` is down at `tick`, does nothing, and will come back.' */
  away(node: number, tick: number): Formula {
    const passing = (this.falls[node] ?? []).slice(0, tick + 1).flatMap((falls) => falls.passing);
    return this.circuit.or(passing.flatMap(({ until, when, stops }) => (stops && until >= tick ? [when] : [])));
  }

  /** Truth of formulas in one scenario. */
  evaluator(scenario: Scenario): (formula: Formula) => boolean {
    const injected = new Set(scenario.map((fault) => this.circuit.variableOf(this.variable(fault))));
    return this.circuit.evaluator((variable) => injected.has(variable));
  }

  /** The canonical scenario in which exactly these variables are true. */
  scenario(variables: Iterable<number>): Scenario {
    const faults: Fault[] = [];
    for (const index of variables) {
      const fault = this.faults[index];
      invariant(fault, `no fault has the variable ${index}`);
      faults.push(fault);
    }
    return this.lawful(faults);
  }

  /** The canonical form of faults that are within the bounds together, as is known. */
  lawful(faults: Iterable<Fault>): Scenario {
    const scenario = canonical(faults);
    this.admitted.add(scenario);
    return scenario;
  }

  /**
   * The canonical form of a scenario within the bounds; one of its own is not looked at again. @throws LdfiError
   * 'bad-scenario'
   */
  admit(scenario: Scenario): Scenario {
    if (scenario.length === 0 || this.admitted.has(scenario)) return scenario;
    const admitted = admit(scenario, this.bounds);
    this.admitted.add(admitted);
    return admitted;
  }
}
