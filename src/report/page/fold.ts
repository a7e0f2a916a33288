/**
 * Chains of 'kept from the tick before', in one step: a fact that is merely kept is followed back to the tick at which
 * it came, one that is missing because it was missing before to the tick at which there is another reason.
 */
import { formatFault } from '../../faults/scenario.js';
import type { Case } from '../provenance/case.js';
import type { FactView, WhyStep, WhyView } from '../provenance/views.js';

/** A fact at the tick where its reasons are; `until` is the last tick for which it is the same. */
export interface Folded {
  readonly fact: FactView;
  readonly until: number;
}

/** @param fact of the body of a step that explains `why.fact` */
export function fold(fact: FactView, { kind }: WhyStep, why: WhyView, it: Case): Folded {
  const alone = { fact, until: fact.tick };
  if (kind !== 'inductive' || fact.text !== why.fact.text) return alone;
  return why.holds ? { ...alone, fact: heldSince(fact, it) } : { ...alone, fact: lackedSince(fact, why, it) };
}

function heldSince(fact: FactView, it: Case): FactView {
  let { tick } = fact;
  while (tick > 1 && it.holds({ ...fact, tick: tick - 1 })) tick--;
  return { ...fact, tick };
}

/**
 * Back over ticks at which nothing new is said: no fault but those named already, and nothing else that is otherwise
 * than in the good run.
 */
function lackedSince(fact: FactView, above: WhyView, it: Case): FactView {
  const named = new Set(above.steps.flatMap(({ fault }) => (fault ? [formatFault(fault)] : [])));
  const isNews = ({ fault, body }: WhyStep): boolean =>
    fault
      ? !named.has(formatFault(fault))
      : body.some((part) => part.blocking && part.fact.text !== fact.text && it.differs(part.fact));
  let at = fact;
  while (at.tick > 1 && !it.holds(at)) {
    const before = { ...at, tick: at.tick - 1 };
    const { steps } = it.why(at);
    const isKept = steps.some(
      (step) => step.kind === 'inductive' && step.body.some((part) => isSame(part.fact, before)),
    );
    if (!isKept || steps.some(isNews) || !it.differs(before)) break;
    at = before;
  }
  return at;
}

const isSame = (a: FactView, b: FactView): boolean => a.tick === b.tick && a.text === b.text;
