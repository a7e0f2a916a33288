/**
 * The simulator in the page: the same code as on the command line, over the spec's text in the report. Runs and views are kept, so that going
 * back costs nothing.
 */
import { formatFact, type Row } from '../../core/value.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import { loadProgram } from '../../dedalus/load.js';
import { memoryReader } from '../../dedalus/reader.js';
import type { Scenario } from '../../faults/fault.js';
import { formatScenario } from '../../faults/scenario.js';
import { DedalusSystem } from '../../lineage/system.js';
import type { Invariant } from '../../simulator/outcome.js';
import type { CheckResult } from '../schema.js';
import { Case, helpersOf, ledgerOf, runView, stateAt, why } from '../views/index.js';
import type { FactView, Ledger, RunView, SlotView, TableView, WhyView } from '../views.js';
import type { Engine, Rows, Verbs } from './engine.js';
import type { FactKey } from './store.js';

/** Most runs that are kept. */
const MOST_KEPT = 30;

/** Most facts that are followed to find what was never there. */
const MOST_FOLLOWED = 150;

const VERBS: Verbs = { holds: 'holds', missing: 'is missing', absent: 'is absent' };

export class DedalusEngine implements Engine {
  readonly closed = undefined;
  readonly promise = undefined;
  readonly helpers: ReadonlySet<string>;
  private readonly good: Case;
  private readonly cases = new Map<string, Case>();
  private readonly views = new WeakMap<Case, RunView>();
  private readonly ledgers = new WeakMap<Case, Ledger>();

  private constructor(
    readonly check: CheckResult,
    private readonly system: DedalusSystem,
    readonly diagnostics: readonly Diagnostic[],
  ) {
    this.good = new Case(system, []);
    this.helpers = helpersOf(system.schema);
  }

  /** @throws Error if the spec in the report does not load */
  static make(invariant: Invariant, files: readonly SourceFile[], check: CheckResult): DedalusEngine {
    const reader = memoryReader(Object.fromEntries(files.map(({ path, text }) => [path, text])));
    const { program, diagnostics } = loadProgram(check.spec.roots, reader);
    if (!program) throw new Error(diagnostics.map(({ message }) => message).join('; '));
    return new DedalusEngine(check, new DedalusSystem(program, check.bounds, { invariant }), diagnostics);
  }

  get files(): readonly SourceFile[] {
    return this.system.program.files;
  }

  view(scenario: Scenario): RunView {
    const it = this.case(scenario);
    let view = this.views.get(it);
    if (!view) {
      view = runView(it);
      this.views.set(it, view);
    }
    return view;
  }

  why(scenario: Scenario, fact: FactKey): WhyView {
    return why(this.case(scenario), fact);
  }

  holds(scenario: Scenario, fact: FactKey): boolean {
    const it = this.case(scenario);
    const pattern = it.names.pattern(fact);
    return pattern !== undefined && it.run.holds(pattern);
  }

  ledger(scenario: Scenario): Ledger {
    const it = this.case(scenario);
    const ledger = this.ledgers.get(it) ?? ledgerOf(it);
    this.ledgers.set(it, ledger);
    return ledger;
  }

  differs(scenario: Scenario, fact: FactKey): boolean {
    return this.holds(scenario, fact) !== this.holds([], fact);
  }

  decides(scenario: Scenario, fact: FactKey): boolean {
    return this.differs(scenario, fact);
  }

  text({ relation, row }: Pick<FactKey, 'relation' | 'row'>): string {
    return formatFact(relation, row).replaceAll('"\0"', '_');
  }

  verbs(): Verbs {
    return VERBS;
  }

  roots({ outcome, scenario, eot }: RunView): FactKey[] {
    const rows = outcome.kind === 'violated' ? outcome.witnesses : this.keptRows(scenario);
    return rows.map((row) => ({ relation: 'post', row, tick: eot }));
  }

  contrasts(): string[] {
    return [];
  }

  brings({ messages }: RunView): (fact: FactView) => readonly string[] {
    const arrivals = new Map<string, string[]>();
    for (const { id, label, at } of messages) {
      const key = `${at} ${label}`;
      arrivals.set(key, [...(arrivals.get(key) ?? []), id]);
    }
    return ({ tick, text }) => arrivals.get(`${tick} ${text}`) ?? [];
  }

  slots(): SlotView[] {
    return [];
  }

  tables(scenario: Scenario, node: string, tick: number): TableView[] {
    return stateAt(this.case(scenario), node, tick);
  }

  promised(): Row[] {
    return this.keptRows([]);
  }

  /** `pre` rows at the end of a run that are `post` rows too. */
  private keptRows(scenario: Scenario): Row[] {
    const { run } = this.case(scenario).run;
    const kept = new Set(run.rows('post', run.eot).map((row) => JSON.stringify(row)));
    return run.rows('pre', run.eot).filter((row) => kept.has(JSON.stringify(row)));
  }

  rowsAt(scenario: Scenario): (tick: number) => Rows {
    const it = this.case(scenario);
    return (tick) => {
      const rows = new Map<string, { relation: string; row: Row }>();
      for (const { id, name } of it.schema.relations)
        for (const tuple of Array.from(it.run.tuples(id, tick)))
          if (id !== it.schema.crash.id) rows.set(`${id}:${tuple}`, { relation: name, row: it.names.row(id, tuple) });
      return rows;
    };
  }

  /**
   * Found on the way from the outcome down to the faults: the earliest such fact, those that a lost message would have brought first.
   */
  neverThere(view: RunView): { readonly node: string; readonly text: string } | undefined {
    const { scenario, outcome, eot } = view;
    const [witness] = outcome.witnesses;
    if (!witness) return undefined;
    const crashed = new Set(scenario.flatMap((fault) => (fault.kind === 'crash' ? [fault.node] : [])));
    const lost = new Set(view.messages.filter(({ fate }) => fate === 'omitted').map(({ label }) => label));
    const missing = this.otherwise(scenario, { relation: 'post', row: witness, tick: eot })
      .filter(({ row, relation }) => this.isNode(row[0]) && !crashed.has(String(row[0])) && relation !== 'post')
      .filter((fact) => !this.holds(scenario, fact) && !this.everHolds(view, fact))
      .sort((a, b) => a.tick - b.tick);
    const found = missing.find(({ text }) => lost.has(text)) ?? missing[0];
    return found && { node: String(found.row[0]), text: found.text };
  }

  /** The facts below `root` in its explanation that are otherwise in the good run. */
  private otherwise(scenario: Scenario, root: FactKey): FactView[] {
    const seen = new Set<string>();
    const found: FactView[] = [];
    const queue: FactKey[] = [root];
    for (let next = queue.shift(); next !== undefined && seen.size < MOST_FOLLOWED; next = queue.shift()) {
      for (const { body } of this.why(scenario, next).steps)
        for (const { fact } of body) {
          const key = `${fact.tick} ${fact.text}`;
          if (seen.has(key) || !this.differs(scenario, fact)) continue;
          seen.add(key);
          found.push(fact);
          queue.push(fact);
        }
    }
    return found;
  }

  private isNode(value: string | number | undefined): boolean {
    return typeof value === 'string' && this.check.bounds.nodes.includes(value);
  }

  private everHolds({ scenario, eot }: RunView, { relation, row }: FactView): boolean {
    for (let tick = eot; tick >= 1; tick--) if (this.holds(scenario, { relation, row, tick })) return true;
    return false;
  }

  private case(scenario: Scenario): Case {
    if (scenario.length === 0) return this.good;
    const key = formatScenario(scenario);
    const known = this.cases.get(key);
    if (known) return known;
    const made = new Case(this.system, scenario, this.good);
    if (this.cases.size >= MOST_KEPT)
      for (const oldest of [...this.cases.keys()].slice(0, 1)) this.cases.delete(oldest);
    this.cases.set(key, made);
    return made;
  }
}
