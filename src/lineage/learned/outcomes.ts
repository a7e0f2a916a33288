/**
 * Outcomes as a formula: 'the promise is not broken', over the final σ's of all nodes.
 *
 * The check's decision tree grows by calling it on worlds in which some scenario ends, as far as the oracle can tell;
 * branches into which none leads are left alone. What the check makes of a world that never comes to be does no harm,
 * because the formula says when it would.
 */
import { type Circuit, FALSE, type Formula, TRUE } from '../../core/circuit.js';
import { LdfiError } from '../../core/invariant.js';
import type { Work } from '../../core/work.js';
import { answerTo, type Probe } from '../../protocol/runtime/probe.js';
import type { Final } from '../../protocol/runtime/run.js';
import type { Oracle } from '../../solver/oracle.js';
import type { Answers } from './answers.js';
import { branchOf, type Place, type Tree } from './decision-tree.js';

/** A final node that may be, and when it is. */
export interface Candidate {
  /** Equal for equal `final`. */
  readonly id: number;
  readonly final: Final;
  readonly when: Formula;
}

/** By node: how it may end. */
type Parts = readonly (readonly Candidate[])[];

/** When the promise is known not to be broken, and whether all is known. */
export interface Passes {
  readonly passes: Formula;
  readonly complete: boolean;
}

/** A formula in the making. */
interface Job {
  readonly circuit: Circuit;
  readonly oracle: Oracle;
  /** Most calls of the check without a run, ever. */
  readonly most: number;
  /** Places in the tree that could not be resolved. */
  unknown: number;
}

/** Worlds that answer a probe alike: when it is one of them, and when such a one passes. */
interface Branch {
  readonly when: Formula;
  readonly passes: Formula;
}

/** Calls of the check between two yields. */
const STRETCH = 10;

/** Thrown out of a formula in the making, when what it is made of turns out to be void. */
const VOID = new Error('the check has to be asked anew');

export class Outcomes {
  /** By probe, then candidate: what it answers. */
  private readonly probed = new Map<string, Map<number, string>>();
  /** Formulas of subtrees in which nothing is unknown, over the candidates asked about last. */
  private readonly complete = new Map<Tree, Formula>();
  private about: Parts = [];

  /** @param count how often the check was called without a run; may be shared */
  constructor(
    private readonly answers: Answers,
    private readonly count = { calls: 0 },
  ) {}

  /** 'The promise is not broken', as far as it is known; yields the number of calls of the check every now and then. */
  *formula(circuit: Circuit, candidates: Parts, most: number, oracle: Oracle): Work<Passes, number> {
    const standing = candidates.map((part) => part.filter(({ final }) => final.failure === undefined));
    // A node that can only fail breaks every promise.
    if (standing.some((part) => part.length === 0)) return { passes: FALSE, complete: true };
    const intact = candidates
      .flat()
      .filter(({ final }) => final.failure !== undefined)
      .map(({ when }) => -when);
    const isNew = this.about !== candidates;
    this.about = candidates;
    if (isNew) this.complete.clear();
    for (;;) {
      const job: Job = { circuit, oracle, most, unknown: 0 };
      try {
        const passes = yield* this.build(job, this.answers.tree.root, standing, intact);
        if (isNew) yield* this.unlessVoid(this.answers.sample(standing.map(finalsOf)));
        this.answers.rely();
        return { passes: circuit.and([passes, ...intact]), complete: job.unknown === 0 };
      } catch (error) {
        if (error !== VOID) throw error;
        this.complete.clear();
      }
    }
  }

  /** 'Nothing is promised', where all that the check says is known. */
  vacuous(circuit: Circuit, candidates: Parts): Formula {
    const standing = candidates.map((part) => part.filter(({ final }) => final.failure === undefined));
    return this.vacuousIn(circuit, this.answers.tree.root.get(), standing);
  }

  private vacuousIn(circuit: Circuit, tree: Tree | undefined, parts: Parts): Formula {
    if (tree?.kind !== 'decision') return tree?.outcome.kind === 'vacuous' ? TRUE : FALSE;
    const { probe, branches } = tree;
    return circuit.or(
      [...this.split(probe, parts[probe.node] ?? [])].map(([answer, group]) => {
        // No scenario leads where the check was never asked.
        const below = this.vacuousIn(circuit, branches.get(answer), parts.with(probe.node, group));
        return below === FALSE ? FALSE : circuit.and([below, circuit.or(group.map(({ when }) => when))]);
      }),
    );
  }

  /** @param path what leads here: true in every world that this is about */
  private *build(job: Job, start: Place, parts: Parts, path: readonly Formula[]): Work<Formula, number> {
    // A loop where all worlds answer alike: a check may read hundreds of values.
    for (let place = start; ; ) {
      if (place.get() === undefined && this.count.calls < job.most) {
        yield* this.unlessVoid(this.asking(parts, job.oracle.witness(path)));
      }
      const tree = place.get();
      if (tree === undefined) job.unknown++;
      if (tree?.kind !== 'decision') return tree && tree.outcome.kind !== 'violated' ? TRUE : FALSE;
      const known = this.complete.get(tree);
      if (known !== undefined) return known;
      const { probe, branches } = tree;
      const groups = this.split(probe, parts[probe.node] ?? []);
      const [first] = groups;
      if (groups.size === 1 && first) {
        place = branchOf(branches, first[0]);
        continue;
      }
      const before = job.unknown;
      const below: Branch[] = [];
      for (const [answer, group] of groups) {
        const when = job.circuit.or(group.map((candidate) => candidate.when));
        const longer = [...path, when];
        // Where nothing more is asked, what is not known counts as bad whether it is possible or not.
        if (this.count.calls < job.most && !job.oracle.possible(longer)) continue;
        const passes = yield* this.build(job, branchOf(branches, answer), parts.with(probe.node, group), longer);
        below.push({ when, passes });
      }
      const passes = choice(job.circuit, below);
      if (job.unknown === before) this.complete.set(tree, passes);
      return passes;
    }
  }

  /** Asks, and yields now and then, when others may ask as well. */
  private *asking(parts: Parts, witness: ((formula: Formula) => boolean) | undefined): Work<void, number> {
    yield* this.ask(parts, witness);
    if (this.count.calls % STRETCH === 0) yield this.count.calls;
  }

  /** Calls the check on one world: the witness's if there is one, on the first candidates otherwise. */
  private *ask(parts: Parts, witness: ((formula: Formula) => boolean) | undefined): Work<void> {
    this.count.calls++;
    const world = parts.map((part) => part.find(({ when }) => witness?.(when)) ?? (part[0] as Candidate));
    try {
      yield* this.answers.learn(finalsOf(world));
    } catch (error) {
      // The run that ends so will say what is wrong.
      if (!(error instanceof LdfiError)) throw error;
    }
  }

  /** Asks the check; throws VOID if that shows that its reads cannot be followed. */
  private *unlessVoid<S>(work: Work<void, S>): Work<void, S> {
    const before = this.answers.whole;
    yield* work;
    if (this.answers.whole !== before) throw VOID;
  }

  private split(probe: Probe, part: readonly Candidate[]): Map<string, readonly Candidate[]> {
    let known = this.probed.get(probe.id);
    if (!known) {
      known = new Map();
      this.probed.set(probe.id, known);
    }
    const groups = new Map<string, Candidate[]>();
    for (const candidate of part) {
      let answer = known.get(candidate.id);
      if (answer === undefined) {
        answer = answerTo(probe, candidate.final);
        known.set(candidate.id, answer);
      }
      const group = groups.get(answer);
      if (group) group.push(candidate);
      else groups.set(answer, [candidate]);
    }
    return groups;
  }
}

const finalsOf = (part: readonly Candidate[]): Final[] => part.map(({ final }) => final);

/** One of the branches it is; where all agree it does not matter which. */
function choice(circuit: Circuit, branches: readonly Branch[]): Formula {
  const [first] = branches;
  if (first && branches.every(({ passes }) => passes === first.passes)) return first.passes;
  return circuit.or(branches.map(({ when, passes }) => (passes === FALSE ? FALSE : circuit.and([when, passes]))));
}
