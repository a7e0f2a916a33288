/**
 * Hypotheses: smallest models of Φ as scenarios, and what is of no more interest.
 *
 * Where faults have windows, a model is tightened: another one of the same cost or less that undoes a proper part of it
 * is taken instead. And with a counterexample all is excluded that undoes more than it at the same cost or more.
 */
import { FALSE, type Formula } from '../core/circuit.js';
import { pause } from '../core/event-loop.js';
import { atLeast } from '../core/threshold.js';
import { withPauses } from '../core/work.js';
import { undone } from '../faults/dominance.js';
import type { Scenario } from '../faults/fault.js';
import { kindOf, totalCost } from '../faults/kinds.js';
import { weighted } from '../faults/laws.js';
import type { FaultSpace } from '../faults/space.js';
import type { SystemRun } from '../lineage/port.js';
import type { SatSolver, SolveStatus } from '../solver/port.js';
import { SmallestModels } from '../solver/smallest.js';
import { Encoder } from '../solver/tseitin.js';
import type { Session } from './session.js';

/**
 * Conflicts between two looks at the abort signal; shrinking a model takes many calls of the solver, which cost more
 * than their conflicts.
 */
const SLICE = { minimum: 2_000, minimal: 250 };

/** Slices spent on minimum hypotheses in one search before subset-minimal ones have to do. */
const MINIMUM_SLICES = 30;

/** Conflicts after which a model is left as it is. */
const TIGHTEN = 500;

export class Hypotheses<R extends SystemRun> {
  private readonly encoder: Encoder;
  private readonly models: SmallestModels;
  private readonly literals: readonly number[];
  private readonly indexes: ReadonlyMap<number, number>;
  /** What each fault undoes, by the number of its variable; undefined where no fault undoes more than itself. */
  private readonly parts: readonly ReadonlySet<string>[] | undefined;
  private slices = 0;
  /** How many broken scenarios are excluded. */
  private blocked = 0;

  /**
   * @param space of the scenarios that are looked at: that of the system, or a part of it
   * @param isExact whether nothing more can be learned
   */
  constructor(
    private readonly session: Session<R>,
    private readonly space: FaultSpace,
    private readonly solver: SatSolver,
    private readonly isExact: () => boolean,
  ) {
    this.encoder = new Encoder(space.circuit, solver);
    this.literals = space.faults.map((_, index) => this.encoder.variable(index));
    this.indexes = new Map(this.literals.map((literal, index) => [literal, index]));
    this.models = new SmallestModels(solver, this.literals);
    this.encoder.assert(space.admissible);
    if (space.faults.some((fault) => kindOf(fault).isWide))
      this.parts = space.faults.map((fault) => new Set(undone(fault, space.bounds)));
  }

  /** Scenarios in which `formula` is true are of no more interest. */
  exclude(formula: number): Promise<void> {
    return withPauses(this.encoder.asserting(-formula), this.session.options.signal);
  }

  /** Only scenarios in which `formula` is true are of interest. */
  restrict(formula: Formula): void {
    this.encoder.assert(formula);
  }

  /** Neither is any superset of a counterexample, whoever found it, nor what undoes more at the same cost or more. */
  private block(scenario: Scenario): void {
    const { space } = this;
    // What was found within other bounds has no supersets within these.
    if (scenario.some((fault) => space.variable(fault) === FALSE)) return;
    const indexes = scenario.map((fault) => space.circuit.variableOf(space.variable(fault)));
    this.models.block(indexes.map((index) => this.literals[index] as number));
    if (!this.parts) return;
    const { circuit } = space;
    const undoes = this.union(indexes);
    const variables = this.parts.map((_, index) => circuit.variable(index));
    const covering = new Map([...undoes].map((part) => [part, [] as Formula[]]));
    const beyond: Formula[] = [];
    this.parts.forEach((parts, index) => {
      const variable = variables[index] as Formula;
      let isWithin = true;
      for (const part of parts) {
        const covers = covering.get(part);
        if (covers) covers.push(variable);
        else isWithin = false;
      }
      if (!isWithin) beyond.push(variable);
    });
    const cost = totalCost(scenario, space.bounds);
    const dearer =
      cost > 1 ? (atLeast(circuit, weighted(space.faults, space.bounds, space.variable), cost)[cost] ?? FALSE) : [];
    const all = [...covering.values()].map((covers) => circuit.or(covers));
    this.encoder.assert(-circuit.and([...all, circuit.or(beyond), ...[dearer].flat()]));
  }

  /** @throws the signal's reason when it is aborted */
  async next(): Promise<Scenario | 'exhausted'> {
    const { counterexamples, broken } = this.session;
    while (this.blocked < broken.length) this.block(broken[this.blocked++] as Scenario);
    for (;;) {
      const isFirst = counterexamples.length === 0;
      const smallest = this.isExact() && isFirst && this.slices < MINIMUM_SLICES;
      const mode = smallest ? 'minimum' : 'minimal';
      const result = this.models.next(mode, SLICE[mode]);
      if (this.space === this.session.system.space) this.session.prove({ faults: this.models.lowerBound - 1 });
      if (result.kind === 'unsatisfiable') return 'exhausted';
      if (result.kind === 'model') {
        if (this.session.executions % 32 === 0) await pause();
        const model = result.faults.map((literal) => this.indexes.get(literal) as number);
        return this.space.scenario(this.parts ? this.tightened(model, this.parts) : model);
      }
      this.slices += SLICE[mode] / SLICE.minimum;
      await pause();
      this.session.options.signal?.throwIfAborted();
    }
  }

  private union(indexes: readonly number[]): Set<string> {
    return new Set(indexes.flatMap((index) => [...(this.parts?.[index] ?? [])]));
  }

  /** A model within what this one undoes, as long as there is one of no higher cost that undoes less. */
  private tightened(model: readonly number[], parts: readonly ReadonlySet<string>[]): readonly number[] {
    const { space } = this;
    let best = model;
    for (;;) {
      const undoes = this.union(best);
      const isWithin = (index: number): boolean =>
        [...(parts[index] as ReadonlySet<string>)].every((p) => undoes.has(p));
      let inside = new Set(this.literals.filter((_, index) => isWithin(index)));
      if (inside.size <= best.length) return best;
      const constraint = best.map((index) => -(this.literals[index] as number));
      /** Whether there is a model among some faults, another one than this; it is what is true then. */
      const solve = (among: ReadonlySet<number>): SolveStatus => {
        const assumptions = this.literals.filter((literal) => !among.has(literal)).map((literal) => -literal);
        const status = this.solver.solve({ assumptions, constraint, conflicts: TIGHTEN });
        if (status === 'satisfiable') inside = new Set([...among].filter((literal) => this.solver.value(literal)));
        return status;
      };
      if (solve(inside) !== 'satisfiable') return best;
      // Without each of them in turn, as far as that leaves a model. Where that is hard to tell, it might not be minimal.
      for (const literal of [...inside]) {
        const rest = new Set(inside);
        if (rest.delete(literal) && solve(rest) === 'unknown') return best;
      }
      const found = [...inside].map((literal) => this.indexes.get(literal) as number);
      const costs = (indexes: readonly number[]): number =>
        totalCost(
          space.faults.filter((_, index) => indexes.includes(index)),
          space.bounds,
        );
      if (costs(found) > costs(best) || this.union(found).size >= undoes.size) return best;
      best = found;
    }
  }
}
