/**
 * Outcomes as a formula: 'the promise is not broken', over the final σ's of all nodes.
 *
 * The check's decision tree grows by calling it on worlds in which some scenario ends, as far as the oracle can tell; branches into which none
 * leads are left alone. What the check makes of a world that never comes to be does no harm, because the formula says when it would.
 */
import { type Circuit, FALSE, type Formula, TRUE } from '../../core/circuit.js';
import { LdfiError } from '../../core/invariant.js';
import type { Outcome } from '../../core/outcome.js';
import { answerTo, type Probe, trackedWorld } from '../../protocol/reads.js';
import type { Final } from '../../protocol/simulate.js';
import type { AnyProtocol } from '../../protocol/types.js';
import { answerOf, outcomeOf } from '../../protocol/world.js';
import type { Guides } from './guides.js';
import { branchOf, contradiction, DecisionTree, type Place, type Tree } from './tree.js';

/** A final node that may be, and when it is. */
export interface Candidate {
  /** Equal for equal `final`. */
  readonly id: number;
  readonly final: Final;
  readonly when: Formula;
}

export class Outcomes {
  readonly tree = new DecisionTree();
  /** By probe, then candidate. */
  private readonly answers = new Map<string, Map<number, string>>();
  /** Formulas of subtrees in which nothing is unknown, over the candidates asked about last. */
  private complete = new Map<Tree, Formula>();
  private about: readonly (readonly Candidate[])[] = [];
  /** How often the check was called without a run. */
  private calls = 0;

  constructor(private readonly protocol: AnyProtocol) {}

  /**
   * Takes the answer for the end of a run into the tree.
   * @param told what the check said of it before, if it was asked
   * @throws LdfiError 'impure-handler' if the check contradicts itself
   */
  learn(finals: readonly Final[], told?: Outcome): void {
    if (finals.some(({ failure }) => failure !== undefined)) return;
    const { world, reads } = trackedWorld(this.protocol.nodes, finals);
    const outcome = outcomeOf(answerOf(this.protocol, world));
    if (told && told.kind !== outcome.kind) throw contradiction();
    this.tree.grow(reads, outcome);
  }

  /**
   * 'The promise is not broken', over the candidates of every node, as far as it is known.
   * @param most most calls of the check without a run, ever
   * @returns the formula, and whether it is known everywhere
   */
  formula(
    circuit: Circuit,
    candidates: readonly (readonly Candidate[])[],
    most: number,
    { oracle, watched }: Guides,
  ): { passes: Formula; complete: boolean } {
    const standing = candidates.map((part) => part.filter(({ final }) => final.failure === undefined));
    // A node that can only fail breaks every promise.
    if (standing.some((part) => part.length === 0)) return { passes: FALSE, complete: true };
    const intact = candidates
      .flat()
      .filter(({ final }) => final.failure !== undefined)
      .map(({ when }) => -when);
    if (this.about !== candidates) this.complete = new Map();
    this.about = candidates;
    let unknown = 0;
    /** @param path what leads here: true in every world that this is about */
    const build = (place: Place, parts: readonly (readonly Candidate[])[], path: readonly Formula[]): Formula => {
      if (place.get() === undefined && this.calls < most) watched(() => this.ask(parts, oracle.witness(path)));
      const tree = place.get();
      if (tree === undefined) unknown++;
      if (tree?.kind !== 'decision') return tree && tree.outcome.kind !== 'violated' ? TRUE : FALSE;
      const known = this.complete.get(tree);
      if (known !== undefined) return known;
      const before = unknown;
      const { probe, branches } = tree;
      const below: Branch[] = [];
      for (const [answer, group] of this.split(probe, parts[probe.node] ?? [])) {
        const when = circuit.or(group.map((candidate) => candidate.when));
        const longer = [...path, when];
        if (!oracle.possible(longer)) continue;
        below.push({ when, passes: build(branchOf(branches, answer), parts.with(probe.node, group), longer) });
      }
      const passes = choice(circuit, below);
      if (unknown === before) this.complete.set(tree, passes);
      return passes;
    };
    const passes = build(this.tree.root, standing, intact);
    return { passes: circuit.and([passes, ...intact]), complete: unknown === 0 };
  }

  /** Calls the check on one world: the witness's if there is one, on the first candidates otherwise. */
  private ask(parts: readonly (readonly Candidate[])[], witness: ((formula: Formula) => boolean) | undefined): void {
    this.calls++;
    const world = parts.map((part) => part.find(({ when }) => witness?.(when)) ?? (part[0] as Candidate));
    try {
      this.learn(world.map(({ final }) => final));
    } catch (error) {
      // The run that ends so will say what is wrong.
      if (!(error instanceof LdfiError)) throw error;
    }
  }

  private split(probe: Probe, part: readonly Candidate[]): Map<string, readonly Candidate[]> {
    let known = this.answers.get(probe.id);
    if (!known) {
      known = new Map();
      this.answers.set(probe.id, known);
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

/** Worlds that answer a probe alike: when it is one of them, and when such a one passes. */
interface Branch {
  readonly when: Formula;
  readonly passes: Formula;
}

/** One of the branches it is; where all agree it does not matter which. */
function choice(circuit: Circuit, branches: readonly Branch[]): Formula {
  const [first] = branches;
  if (first && branches.every(({ passes }) => passes === first.passes)) return first.passes;
  return circuit.or(branches.map(({ when, passes }) => (passes === FALSE ? FALSE : circuit.and([when, passes]))));
}
