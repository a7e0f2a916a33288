/**
 * The messages behind a fact: those that its derivation, step by step, goes back to.
 */
import type { RunView } from '../views.js';
import type { Engine } from './engine.js';
import type { FactKey } from './store.js';

/** Most facts that are followed. */
const MOST = 400;

/** Ids of the messages that brought a fact about, or that would have. */
export function supporting(engine: Engine, view: RunView, fact: FactKey): Set<string> {
  const brings = engine.brings(view);
  const found = new Set<string>();
  const seen = new Set<string>();
  const queue: FactKey[] = [fact];
  for (let next = queue.pop(); next !== undefined && seen.size < MOST; next = queue.pop()) {
    const key = JSON.stringify([next.relation, next.row, next.tick]);
    if (seen.has(key)) continue;
    seen.add(key);
    const { steps, holds, fact: named } = engine.why(view.scenario, next);
    for (const id of brings(named)) found.add(id);
    for (const { body } of steps)
      for (const literal of body) if (holds ? !literal.negated : literal.blocking) queue.push(literal.fact);
  }
  return found;
}
