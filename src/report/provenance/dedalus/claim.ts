/**
 * What a broken promise of a spec comes down to: the facts that `pre` and `post` speak of, behind the relations that are
 * there for the promise only.
 *
 * What holds is told by the facts of the rule that gave it, what does not by what its rules lack, or by what stood in
 * their way: `split(_, tx)` is nobody's word, that p has decided abort and q commit is.
 */
import { distinctBy } from '../../../core/distinct.js';
import { isBrokenAt } from '../../../core/outcome.js';
import type { Case } from '../case.js';
import type { Claim } from '../story/clause.js';
import { type FactKey, type FactView, factName, type WhyStep } from '../views.js';
import { claimInWords, type Sides } from './claim-words.js';
import { ANY } from './pattern.js';
import type { Traced } from './traced.js';

/** Most attempts of a rule that are told. */
const MOST_ATTEMPTS = 8;

export function claimOf(it: Case<Traced>): Claim {
  const [witness] = it.run.outcome.witnesses;
  const { eot } = it.of;
  if (!witness) return { words: 'the promise is broken', told: [], roots: [] };
  const promised = new Expansion(it);
  if (!isBrokenAt(witness)) promised.present({ relation: 'pre', row: witness, tick: eot });
  const sides = new Expansion(it, promised.there);
  if (isBrokenAt(witness)) sides.present({ relation: 'never', row: witness.row, tick: witness.tick });
  else sides.absent({ relation: 'post', row: witness, tick: eot });
  const { words, told } = claimInWords(it, promised.distinct(), sides.distinct(), witness);
  const all = [promised, sides].flatMap(({ there, lacking, crashes }) => [...there, ...lacking, ...crashes]);
  const ends = isBrokenAt(witness)
    ? [{ relation: 'never', row: witness.row, tick: witness.tick }]
    : ['pre', 'post'].map((relation) => ({ relation, row: witness, tick: eot }));
  return { words, told, roots: distinctBy([...told.map(({ fact }) => fact), ...all, ...ends], factName) };
}

class Expansion implements Sides {
  readonly there: FactView[] = [];
  readonly lacking: FactView[] = [];
  readonly notes: string[] = [];
  readonly crashes: FactView[] = [];
  private readonly seen = new Set<string>();

  /** @param near facts that are told already: of several rules the one that speaks of them is followed */
  constructor(
    private readonly it: Case<Traced>,
    private readonly near: readonly FactView[] = [],
  ) {}

  /** By the first of the rules that gave a fact, one that did not give it elsewhere if there is one. */
  present(fact: FactKey): void {
    if (this.isSeen(fact)) return;
    const steps = this.it.why(fact).steps.slice(0, MOST_ATTEMPTS);
    const near = new Set(this.near.map(factName));
    const decisive = steps.filter(({ body }) => body.some((part) => this.it.decides(part.fact)));
    const first =
      decisive.find(({ body }) => body.some((part) => near.has(factName(part.fact)))) ?? decisive[0] ?? steps[0];
    for (const { fact: part, negated, holds } of first?.body ?? []) if (holds && !negated) this.holding(part);
    // Of a fact with open columns the others may lack something too.
    const others = fact.row.includes(ANY) ? steps.filter((step) => step !== first) : [];
    for (const { body } of [...(first ? [first] : []), ...others])
      for (const { fact: part, negated, holds } of body) if (!holds && negated) this.missing(part);
  }

  /** By what its rules lack that some other run had; by all that they lack if there is none such. */
  absent(fact: FactKey): void {
    if (this.isSeen(fact)) return;
    const steps = this.it.why(fact).steps.filter((step) => this.couldFire(step));
    const decisive = steps.filter(({ body }) => body.some((part) => part.blocking && this.it.decides(part.fact)));
    for (const step of (decisive.length > 0 ? decisive : steps).slice(0, MOST_ATTEMPTS)) this.failed(step);
  }

  private failed({ body, note }: WhyStep): void {
    const blocking = body.filter((part) => part.blocking);
    for (const { fact, negated } of blocking)
      if (!negated) this.missing(fact);
      else if (this.it.of.records.has(fact.relation)) this.present(this.origin(fact));
      else this.holding(fact);
    if (blocking.length > 0 || note === undefined) return;
    this.notes.push(note);
    for (const { fact, holds, negated } of body) if (holds && !negated) this.holding(fact);
  }

  /** Whether a step fails for nothing that is so in every run. */
  private couldFire({ body }: WhyStep): boolean {
    return !body.some(({ fact, blocking }) => blocking && !this.isCrash(fact) && this.isFixed(fact));
  }

  private holding(fact: FactView): void {
    if (this.isCrash(fact)) this.crashes.push(fact);
    else if (this.isHelper(fact) || this.isObserved(fact)) this.present(fact);
    else if (!this.isFixed(fact)) this.there.push(this.closed(fact));
  }

  /** The first of the facts that match one with open columns. */
  private closed(fact: FactView): FactView {
    const { run } = this.it;
    const pattern = run.names.pattern(fact);
    const [tuple] = pattern ? run.matches(pattern) : [];
    if (!pattern || tuple === undefined) return fact;
    const { relation, row, text } = run.names.item(pattern.relation, tuple);
    return { relation, row, text, tick: fact.tick };
  }

  /** A fact at the tick at which it came. */
  private origin(fact: FactView): FactKey {
    const at = { ...this.closed(fact) };
    while (at.tick > 1 && this.it.holds({ ...at, tick: at.tick - 1 })) at.tick--;
    return at;
  }

  private missing(fact: FactView): void {
    if (this.isCrash(fact) || this.isFixed(fact)) return;
    if (this.isHelper(fact)) this.absent(fact);
    else this.lacking.push(fact);
  }

  distinct(): Sides {
    const [there, lacking, crashes] = [this.there, this.lacking, this.crashes].map((facts) =>
      distinctBy(facts, factName),
    ) as [FactView[], FactView[], FactView[]];
    // What lacks at one node says more than that it lacks at any.
    const isOpenTwin = (fact: FactView): boolean =>
      fact.row.includes(ANY) &&
      lacking.some(
        (other) =>
          other !== fact &&
          other.relation === fact.relation &&
          !other.row.includes(ANY) &&
          fact.row.every((value, i) => value === ANY || value === other.row[i]),
      );
    return { there, lacking: lacking.filter((fact) => !isOpenTwin(fact)), crashes, notes: [...new Set(this.notes)] };
  }

  private isSeen(fact: FactKey): boolean {
    const name = factName(fact);
    return this.seen.has(name) || this.seen.add(name).size < 0;
  }

  private isCrash = ({ relation }: FactKey): boolean => relation === this.it.run.schema.crash.name;
  private isHelper = ({ relation }: FactKey): boolean => this.it.of.helpers.has(relation);
  private isObserved = ({ relation }: FactKey): boolean =>
    this.it.of.records.has(relation) &&
    !this.it.run.schema.inductive.some(({ rule }) => rule.head.relation === relation);
  private isFixed({ relation }: FactKey): boolean {
    const found = this.it.run.schema.findRelation(relation);
    return found !== undefined && this.it.run.names.unaffected.has(found.id);
  }
}
