/**
 * How the content of relations depends on when messages arrive: whether any message reaches them, whether they never
 * change, whether they only grow.
 *
 * What only grows may be joined in any order: each row waits for all others (Hellerstein and Alvaro, "Keeping CALM",
 * CACM 2020). What never changes may be negated and counted as well.
 */
import type { Rule } from '../dedalus/ast.js';
import { CRASH } from '../dedalus/builtin.js';
import type { Program } from '../dedalus/program.js';
import { keeps } from '../dedalus/stops.js';
import { hasAggregate, type Subgoal, subgoalsOf } from '../dedalus/terms.js';
import { isThreshold } from './threshold.js';

/** The first tick: no message has arrived by then, so what holds there holds in every schedule. */
const FIRST = 1;

export class Timing {
  /** The relations that some message reaches. */
  private readonly reached: ReadonlySet<string>;
  /** The relations that have the same rows at every tick, in every schedule. */
  private readonly fixed: ReadonlySet<string>;
  /** The relations that keep all rows they have. */
  private readonly growing: ReadonlySet<string>;
  /** The relations whose rows change only in aggregates, which go one way. */
  private readonly rising: ReadonlySet<string>;
  private readonly rules: ReadonlyMap<string, readonly Rule[]>;
  private readonly given: ReadonlySet<string>;

  constructor(private readonly program: Program) {
    const names = [...program.relations.keys()];
    this.rules = new Map(names.map((name) => [name, program.rules.filter(({ head }) => head.relation === name)]));
    this.given = new Set(program.facts.map(({ relation }) => relation));
    this.reached = this.reach();
    this.fixed = this.shrink(names, (name, known) => this.staysFixed(name, known));
    this.growing = this.shrink(names, (name, known) => this.staysGrowing(name, known));
    this.rising = new Set(names.filter((name) => this.isRising(name)));
  }

  /** Whether the rows of a relation may depend on when messages arrive, or on whether any does. */
  isReached = (name: string): boolean => this.reached.has(name);

  /** Whether a relation keeps all rows that it has. */
  isGrowing = (name: string): boolean => this.growing.has(name);

  /** The rules with this head. */
  private rulesOf = (name: string): readonly Rule[] => this.rules.get(name) ?? [];

  /** Whether a look-up finds the same at every tick of every schedule. */
  isConstant = ({ atom, tick }: Subgoal): boolean => tick === FIRST || this.fixed.has(atom.relation);

  /** Whether some message may change what a look-up finds. */
  hears = (subgoal: Subgoal): boolean => !this.isConstant(subgoal) && this.reached.has(subgoal.atom.relation);

  /** Whether a positive subgoal that a rule can use at one tick stays so, for the same values of the rest. */
  grows = (subgoal: Subgoal, rule: Rule): boolean =>
    subgoal.tick !== undefined || this.growing.has(subgoal.atom.relation) || this.isThreshold(subgoal, rule);

  /** Whether a subgoal asks no more of an aggregate that only rises (or falls) than that it has come to a bound. */
  isThreshold = (subgoal: Subgoal, rule: Rule): boolean =>
    !subgoal.negated &&
    subgoal.tick === undefined &&
    this.rising.has(subgoal.atom.relation) &&
    isThreshold(subgoal, rule, this.rulesOf(subgoal.atom.relation));

  private reach(): ReadonlySet<string> {
    const reached = new Set<string>();
    for (let before = -1; before < reached.size; ) {
      before = reached.size;
      for (const rule of this.program.rules)
        if (rule.time === 'async' || subgoalsOf(rule).some((it) => it.tick !== FIRST && reached.has(it.atom.relation)))
          reached.add(rule.head.relation);
    }
    return reached;
  }

  /** The largest set of relations that all stay in it. */
  private shrink(
    names: readonly string[],
    stays: (name: string, known: ReadonlySet<string>) => boolean,
  ): ReadonlySet<string> {
    let known = new Set(names);
    for (;;) {
      const next = new Set([...known].filter((name) => stays(name, known)));
      if (next.size === known.size) return known;
      known = next;
    }
  }

  private staysFixed(name: string, known: ReadonlySet<string>): boolean {
    if (name === CRASH) return true;
    const rules = this.rulesOf(name);
    const isKept = rules.some(keeps);
    const facts = this.program.facts.filter(({ relation }) => relation === name);
    if (facts.length > 0 && !(isKept && facts.every(({ tick }) => tick === FIRST))) return false;
    const isSame = (it: Subgoal): boolean =>
      it.tick === FIRST || (it.tick === undefined && known.has(it.atom.relation));
    return rules.every((rule) => keeps(rule) || (rule.time === 'deductive' && subgoalsOf(rule).every(isSame)));
  }

  private staysGrowing(name: string, known: ReadonlySet<string>): boolean {
    const rules = this.rulesOf(name);
    if (this.fixed.has(name) || rules.some(keeps)) return true;
    if (this.given.has(name)) return false;
    return rules.every((rule) => {
      if (rule.time === 'async') return false;
      const subgoals = subgoalsOf(rule).filter((it) => !this.isConstant(it));
      if (subgoals.some(({ negated }) => negated) || (hasAggregate(rule.head) && subgoals.length > 0)) return false;
      return subgoals.every((it) => it.tick !== undefined || known.has(it.atom.relation));
    });
  }

  private isRising(name: string): boolean {
    const rules = this.rulesOf(name);
    if (this.given.has(name) || !rules.some(({ head }) => hasAggregate(head))) return false;
    return rules.every(
      (rule) =>
        rule.time !== 'async' &&
        subgoalsOf(rule).every(
          (it) => this.isConstant(it) || (!it.negated && (it.tick !== undefined || this.growing.has(it.atom.relation))),
        ),
    );
  }
}
