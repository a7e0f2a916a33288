/**
 * All views of one system by scenario: the page's one door. Cases and their views are kept, so that going back costs nothing.
 */
import type { Scenario } from '../../faults/fault.js';
import { formatScenario } from '../../faults/scenario.js';
import type { DedalusSystem } from '../../lineage/system.js';
import type { Ledger, RunView, TableView, WhyView } from '../views.js';
import { Case } from './case.js';
import { ledgerOf } from './ledger.js';
import type { FactQuery } from './lexicon.js';
import { stateAt } from './state.js';
import { runView } from './story.js';
import { why } from './why.js';

/** Most scenarios that are kept. */
const MOST_KEPT = 12;

interface Kept {
  readonly it: Case;
  view: RunView | undefined;
  ledger: Ledger | undefined;
}

export class Explainer {
  private readonly kept = new Map<string, Kept>();
  private readonly good: Case;

  constructor(readonly system: DedalusSystem) {
    this.good = new Case(system, []);
  }

  /** The run of a scenario, which must be canonical and within the bounds. */
  view(scenario: Scenario): RunView {
    const kept = this.at(scenario);
    kept.view ??= runView(kept.it);
    return kept.view;
  }

  /** Why a fact holds or does not; a column may be `ANY`. */
  why(scenario: Scenario, fact: FactQuery): WhyView {
    return why(this.at(scenario).it, fact);
  }

  ledger(scenario: Scenario): Ledger {
    const kept = this.at(scenario);
    kept.ledger ??= ledgerOf(kept.it);
    return kept.ledger;
  }

  state(scenario: Scenario, node: string, tick: number): TableView[] {
    return stateAt(this.at(scenario).it, node, tick);
  }

  private at(scenario: Scenario): Kept {
    const key = formatScenario(scenario);
    let kept = this.kept.get(key);
    if (kept) this.kept.delete(key);
    else
      kept = {
        it: scenario.length === 0 ? this.good : new Case(this.system, scenario, this.good),
        view: undefined,
        ledger: undefined,
      };
    // Last used, last dropped.
    this.kept.set(key, kept);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(oldest);
    }
    return kept;
  }
}
