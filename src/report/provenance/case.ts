/**
 * Provenance: what happened in a run and why, and what did not and why not, as plain data whoever tells it.
 *
 * ```
 *  producers: dedalus/ (simulator)   learned/ (walks over learned transitions)
 *                     └────────┬────────┘
 *        Provenance ─ Case (a run beside the runs it is compared with) ─ History (one run)
 *                              │  facts, messages · why (steps) · slice · supports
 *  consumers: view.ts  tables.ts  ledger.ts  dot.ts  messages-behind.ts  svg.ts  and the page
 * ```
 *
 * A run is compared with the failure-free run and with the runs that have one fault less. Of a minimal counterexample
 * each fault makes the difference to one of them, so following the differences reaches every fault. (Why and why-not:
 * Köhler, Ludäscher, Zinn, 2013.)
 */
import type { Outcome } from '../../core/outcome.js';
import type { Row } from '../../core/value.js';
import type { Work } from '../../core/work.js';
import type { Scenario } from '../../faults/fault.js';
import { canonical, formatFault, formatScenario } from '../../faults/scenario.js';
import type { KeyedCondition, PromiseSupport } from './conditions.js';
import type { Claim, Clause } from './story/clause.js';
import type { FactKey, HandlerView, Source, UnknownOutcome, WhyView } from './views.js';

/** Equal for equal facts of one node, in every run and at every tick. */
export type Key = string | number;

/** What a node keeps: a fact of no tick. */
export interface Item {
  readonly relation: string;
  /** Starts with the node. */
  readonly row: Row;
  /** In short, as it stands beside its node. */
  readonly text: string;
  /** What is shown in tables, if not the values of the row. */
  readonly cells?: readonly string[];
  /** Shown in tables only: it makes no event and no difference. */
  readonly quiet?: boolean;
}

export type Items = ReadonlyMap<Key, Item>;

export interface Mail {
  /** Equal for the same message in every run. */
  readonly id: string;
  /** Numbers of the nodes. */
  readonly from: number;
  readonly to: number;
  readonly sent: number;
  /** The ticks at which it arrives, within the end of time. */
  readonly at: readonly number[];
  /** Lost to a fault. */
  readonly lost: boolean;
  /** Its number in its slot, if that is known. */
  readonly nth?: number | undefined;
  readonly label: string;
  /** The rule or handler that sent it. */
  readonly source: () => Source;
}

/** One run. */
export interface History {
  readonly scenario: Scenario;
  readonly outcome: Outcome | UnknownOutcome;
  /** What is sent at a tick, each message once. Runs that send the same may share the list. */
  mails(tick: number): readonly Mail[];
  /** What a node keeps at the end of a tick, 0 being before the first; of node -1, what is at no node. */
  items(node: number, tick: number): Items;
  /** What a node has from the start and what is no news at tick 1. */
  start(node: number): Items;
  /** What a node that comes back at a tick has kept, in short. */
  survivors(node: number, tick: number): readonly string[];
  /** Whether a node does anything at a tick. */
  acts(node: number, tick: number): boolean;
  holds(fact: FactKey): boolean;
}

/** What an outcome rests on. */
export interface Slice {
  /** Ids of messages: delivered, lost, or sent in the good run only. */
  readonly messages: ReadonlySet<string>;
  has(node: number, tick: number, key: Key): boolean;
}

/** Ways to keep the promise; see `ledger.ts`. */
export interface SupportList {
  readonly supports: readonly PromiseSupport[];
  readonly conditions: readonly KeyedCondition[];
  /** Whether there are more than are listed. */
  readonly capped: boolean;
}

/** Most faults whose removal is tried, and most cases that are kept. */
export const MOST = { removed: 12, kept: 60 } as const;

/** The scenarios with one fault less. */
export const withoutEach = (scenario: Scenario): Scenario[] =>
  scenario.slice(0, MOST.removed).map((_, removed) => canonical(scenario.filter((_fault, i) => i !== removed)));

/** All runs of one check. */
export abstract class Provenance<H extends History = History> {
  abstract readonly nodes: readonly string[];
  abstract readonly eot: number;
  /** Relations in the order in which tables show them. */
  abstract readonly relations: readonly string[];
  /** Left out for a Dedalus program. */
  readonly kind: 'protocol' | undefined = undefined;
  /** Relations that are there for the promise only. */
  readonly helpers: ReadonlySet<string> = new Set();
  /** Relations that only remember for the promise what has happened, or at several nodes at once. */
  readonly records: ReadonlySet<string> = new Set();
  private readonly cases = new Map<string, Case<H>>();
  private goodCase: Case<H> | undefined;

  /** The case of a canonical scenario within the bounds. */
  case(scenario: Scenario): Case<H> {
    if (scenario.length === 0) return this.good;
    const key = formatScenario(scenario);
    const found = this.cases.get(key) ?? new Case(this, scenario, this.run(scenario));
    this.cases.delete(key);
    this.cases.set(key, found);
    for (const oldest of [...this.cases.keys()].slice(0, -MOST.kept)) this.cases.delete(oldest);
    return found;
  }

  /** The case without faults. */
  get good(): Case<H> {
    this.goodCase ??= new Case(this, [], this.run([]));
    return this.goodCase;
  }

  /** The runs whose scenarios differ least from this one, those asked for last before others. */
  protected nearest(scenario: Scenario, most: number): H[] {
    const faults = new Set(scenario.map(formatFault));
    const unshared = ({ scenario: other }: Case<H>): number =>
      faults.size + other.length - 2 * other.filter((fault) => faults.has(formatFault(fault))).length;
    const cases = [...this.cases.values()].reverse().map((it) => ({ it, far: unshared(it) }));
    return cases
      .sort((a, b) => a.far - b.far)
      .slice(0, most)
      .map(({ it }) => it.run);
  }

  protected abstract run(scenario: Scenario): H;
  /** A fact with its node. */
  abstract text(fact: Pick<FactKey, 'relation' | 'row'>): string;
  /** The order of a table's rows. */
  abstract order(now: Items, before: Items): (a: Item, b: Item) => number;
  /** Why a fact holds, or why it does not: one level. */
  abstract why(it: Case<H>, fact: FactKey): WhyView;
  /** The same without attempts that fail in every scenario, as far as that is known (`prepare`). */
  whyPossible(it: Case<H>, fact: FactKey): WhyView {
    return this.why(it, fact);
  }
  /** Finds out what is possible at all; long work. */
  *prepare(): Work<void, void> {}
  abstract slice(it: Case<H>): Slice;
  /** The known ways to keep the promise; long work. */
  abstract supports(it: Case<H>): Work<SupportList, void>;
  /** The facts at the end that the outcome comes down to. */
  abstract roots(it: Case<H>): FactKey[];
  /** The same, and what else the outcome rests on. */
  abstract ends(it: Case<H>): FactKey[];
  /** What came about in a run that breaks the promise, against what should have. */
  abstract claim(it: Case<H>): Claim;
  /** Whether a fact says something to who tells the story, and what it says. */
  abstract isTold(fact: FactKey): boolean;
  /** Whether a fact says no more than that a fault happens. */
  abstract isFault(fact: FactKey): boolean;
  abstract clause(it: Case<H>, fact: FactKey): Clause;
  /** What is otherwise at the end than where the promise is kept, in words. */
  contrasts(_it: Case<H>): string[] {
    return [];
  }
  /** What each handler of a node did in a tick; none where there are rules. */
  handlers(_it: Case<H>, _node: string, _tick: number): HandlerView[] {
    return [];
  }
}

export class Case<H extends History = History> {
  private less: readonly Case<H>[] | undefined;

  /** @param others all that it is to be compared with, if not with everything that is known */
  constructor(
    readonly of: Provenance<H>,
    readonly scenario: Scenario,
    readonly run: H,
    private others?: readonly H[],
  ) {}

  get isGood(): boolean {
    return this.scenario.length === 0;
  }

  /** The failure-free run. */
  get good(): H {
    return this.isGood ? this.run : this.of.good.run;
  }

  /** The cases with one fault less. */
  get withoutEach(): readonly Case<H>[] {
    this.less ??= this.scenario.length < 2 ? [] : withoutEach(this.scenario).map((scenario) => this.of.case(scenario));
    return this.less;
  }

  /**
   * The runs that this one is compared with, as far as their outcome is known: the failure-free one, those with one
   * fault less.
   */
  get references(): readonly H[] {
    this.others ??= this.isGood
      ? []
      : [this.good, ...this.withoutEach.map(({ run }) => run)].filter(({ outcome }) => outcome.kind !== 'unknown');
    return this.others;
  }

  /** The same run, compared with one other only. */
  beside(other: H): Case<H> {
    return new Case(this.of, this.scenario, this.run, [other]);
  }

  holds(fact: FactKey): boolean {
    return this.run.holds(fact);
  }

  /** Whether a fact holds in one of this run and the good run, and not in the other. */
  differs(fact: FactKey): boolean {
    return this.run.holds(fact) !== this.good.holds(fact);
  }

  /** Whether a fact leads on the way to what the faults did. */
  decides(fact: FactKey): boolean {
    const holds = this.run.holds(fact);
    return this.references.some((other) => other.holds(fact) !== holds);
  }

  why(fact: FactKey): WhyView {
    return this.of.why(this, fact);
  }
}
