/**
 * A protocol whose transitions cannot be learned: the page has its verdict and its counterexamples, but no runs.
 */
import type { Row } from '../../core/value.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Scenario } from '../../faults/fault.js';
import { formatScenario } from '../../faults/scenario.js';
import { handlerSource } from '../protocol/source.js';
import type { CheckResult } from '../schema.js';
import type { Ledger, RunView, SlotView, Source, TableView, WhyView } from '../views.js';
import { counterexampleOf } from './command.js';
import type { Engine, Rows, Verbs } from './engine.js';
import type { FactKey } from './store.js';
import { without } from './whatif.js';

export class BlindEngine implements Engine {
  readonly helpers: ReadonlySet<string> = new Set();
  readonly diagnostics = [];
  readonly promise: Source;

  constructor(
    readonly check: CheckResult,
    readonly files: readonly SourceFile[],
    readonly closed: string,
  ) {
    this.promise = handlerSource(files, check.spec.protocol ?? '', 'check');
  }

  view(scenario: Scenario): RunView {
    const { bounds, counterexamples, verdict } = this.check;
    const found = counterexamples[counterexampleOf(this.check, scenario)];
    const kind = found ? 'violated' : (this.seen(scenario) ?? (verdict === 'holds' ? 'holds' : undefined));
    return {
      kind: 'protocol',
      scenario,
      nodes: bounds.nodes,
      eot: bounds.eot,
      messages: [],
      events: [],
      outcome: kind
        ? { kind, witnesses: found?.witnesses ?? [], readingsDiffer: false }
        : { kind: 'unknown', witnesses: [], readingsDiffer: false, gap: undefined },
      divergence: undefined,
    };
  }

  /** The outcome of a run of the search, or of one that showed that a fault is needed. */
  private seen(scenario: Scenario): 'holds' | 'vacuous' | 'violated' | undefined {
    const { counterexamples, explored = [] } = this.check;
    const key = formatScenario(scenario);
    const less = counterexamples.flatMap(({ faults, minimality }) =>
      minimality.map((one) => ({ faults: without(faults, one.without), outcome: one.outcome })),
    );
    return [...explored, ...less].find(({ faults }) => formatScenario(faults) === key)?.outcome;
  }

  why(_: Scenario, fact: FactKey): WhyView {
    return { fact: { ...fact, text: this.text(fact) }, holds: false, steps: [] };
  }

  holds(): boolean {
    return false;
  }

  differs(): boolean {
    return false;
  }

  decides(): boolean {
    return false;
  }

  text({ relation, row }: Pick<FactKey, 'relation' | 'row'>): string {
    return `${relation}(${row.join(', ')})`;
  }

  verbs(): Verbs {
    return { holds: 'holds', missing: 'is missing', absent: 'is absent' };
  }

  roots(): FactKey[] {
    return [];
  }

  contrasts(): string[] {
    return [];
  }

  brings(): () => readonly string[] {
    return () => [];
  }

  ledger(scenario: Scenario): Ledger {
    return { faults: scenario, rows: [], ways: 0, capped: false };
  }

  tables(): TableView[] {
    return [];
  }

  slots(): SlotView[] {
    return [];
  }

  rowsAt(): () => Rows {
    return () => new Map();
  }

  promised(): Row[] {
    return [];
  }

  neverThere(): undefined {
    return undefined;
  }
}
