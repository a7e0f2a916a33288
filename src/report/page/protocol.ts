/**
 * A protocol in the page: its handlers are not there, but what was learned of them is, and replays any scenario that leads nowhere new.
 */
import type { Row } from '../../core/value.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Scenario } from '../../faults/fault.js';
import { formatScenario } from '../../faults/scenario.js';
import type { Knowledge } from '../../lineage/learned/system.js';
import { messageOf } from '../protocol/facts.js';
import { Case, contrastsOf, Known, ledgerOf, rootsOf, runView, slotsAt, stateAt, why } from '../protocol/index.js';
import { handlerSource } from '../protocol/source.js';
import type { CheckResult } from '../schema.js';
import type { FactView, Ledger, RunView, SlotView, Source, TableView, WhyView } from '../views.js';
import type { Engine, Rows, Verbs } from './engine.js';
import type { FactKey } from './store.js';

/** Most runs that are kept. */
const MOST_KEPT = 60;

const VERBS: Verbs = { holds: 'holds', missing: 'is missing', absent: 'is absent' };
const MESSAGE_VERBS: Verbs = { holds: 'arrives', missing: 'does not arrive', absent: 'does not arrive' };
const UP_VERBS: Verbs = { holds: 'holds', missing: 'does not hold', absent: 'does not hold' };

/** What has been asked about a scenario. */
interface Asked {
  readonly it: Case;
  view?: RunView;
  ledger?: Ledger;
}

export class ProtocolEngine implements Engine {
  readonly helpers: ReadonlySet<string> = new Set();
  readonly diagnostics = [];
  readonly closed: string | undefined = undefined;
  readonly promise: Source;
  private readonly known: Known;
  private readonly asked = new Map<string, Asked>();

  constructor(
    readonly check: CheckResult,
    readonly files: readonly SourceFile[],
    knowledge: Knowledge,
  ) {
    const name = check.spec.protocol ?? '';
    this.known = new Known(knowledge, check.bounds, files, name);
    this.promise = handlerSource(files, name, 'check');
  }

  view(scenario: Scenario): RunView {
    const asked = this.about(scenario);
    asked.view ??= runView(asked.it);
    return asked.view;
  }

  why(scenario: Scenario, fact: FactKey): WhyView {
    return why(this.about(scenario).it, fact);
  }

  holds(scenario: Scenario, fact: FactKey): boolean {
    return this.about(scenario).it.told.holds(fact);
  }

  differs(scenario: Scenario, fact: FactKey): boolean {
    return this.holds(scenario, fact) !== this.holds([], fact);
  }

  decides(scenario: Scenario, fact: FactKey): boolean {
    const { it } = this.about(scenario);
    const holds = it.told.holds(fact);
    return it.references.some((other) => other.holds(fact) !== holds);
  }

  text(fact: Pick<FactKey, 'relation' | 'row'>): string {
    return this.known.text(fact);
  }

  verbs({ relation }: FactKey): Verbs {
    return relation === 'message' ? MESSAGE_VERBS : relation === 'up' ? UP_VERBS : VERBS;
  }

  roots({ scenario }: RunView): FactKey[] {
    return rootsOf(this.about(scenario).it);
  }

  contrasts({ scenario }: RunView): string[] {
    return contrastsOf(this.about(scenario).it);
  }

  brings({ messages }: RunView): (fact: FactView) => readonly string[] {
    return (fact) => {
      const message = messageOf(fact);
      if (!message) return [];
      const { from, to, sent } = message;
      return messages.flatMap((one) => (one.from === from && one.to === to && one.sent === sent ? [one.id] : []));
    };
  }

  ledger(scenario: Scenario): Ledger {
    const asked = this.about(scenario);
    asked.ledger ??= ledgerOf(asked.it);
    return asked.ledger;
  }

  tables(scenario: Scenario, node: string, tick: number): TableView[] {
    return stateAt(this.about(scenario).it, node, tick);
  }

  slots(scenario: Scenario, node: string, tick: number): SlotView[] {
    return slotsAt(this.about(scenario).it, node, tick);
  }

  rowsAt(scenario: Scenario): (tick: number) => Rows {
    const { told } = this.about(scenario).it;
    return (tick) => {
      const rows = new Map<string, { relation: string; row: Row }>();
      for (const [node, name] of this.known.nodes.entries())
        for (const [key, { relation, path, value }] of told.entries(node, tick))
          rows.set(`${node} ${key}`, { relation, row: [name, path, value] });
      return rows;
    };
  }

  promised(): Row[] {
    return [];
  }

  neverThere(): undefined {
    return undefined;
  }

  private about(scenario: Scenario): Asked {
    const key = formatScenario(scenario);
    let asked = this.asked.get(key);
    if (!asked) {
      asked = { it: new Case(this.known, scenario) };
      for (const oldest of [...this.asked.keys()].slice(0, this.asked.size - MOST_KEPT)) this.asked.delete(oldest);
      this.asked.set(key, asked);
    }
    return asked;
  }
}
