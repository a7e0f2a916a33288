/**
 * Questions to one solver about many cells: Φ = bounds ∧ ¬H is kept, and the bounds of a cell are assumed.
 *
 * The lineage of the largest cell serves every smaller one, because a scenario has the same run in each of them. What is
 * broken is blocked with its supersets: whoever admits one of those admits it as well, and is settled. Nothing else is
 * blocked, not even what undoes more at the same cost, for that may be within a cell that the smaller one is not in.
 */
import type { Formula } from '../core/circuit.js';
import { pause } from '../core/event-loop.js';
import { invariant } from '../core/invariant.js';
import { getOrMake } from '../core/memo.js';
import { atLeast } from '../core/threshold.js';
import { withPauses } from '../core/work.js';
import type { Bounds, Scenario } from '../faults/fault.js';
import { faultKey, kinds, possibleOf } from '../faults/kinds.js';
import { limits } from '../faults/laws.js';
import type { FaultSpace } from '../faults/space.js';
import { Budget } from '../solver/budget.js';
import { MinimalSearch } from '../solver/minimal.js';
import type { SatSolver } from '../solver/port.js';
import { Encoder } from '../solver/tseitin.js';

/** Conflicts between two looks at the abort signal. */
const SLICE = 250;

export class Questions {
  private readonly encoder: Encoder;
  private readonly literals: readonly number[];
  private readonly models: MinimalSearch;
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly cells = new Map<Bounds, number>();
  private readonly sizes = new Map<number, number>();

  /** @param space that of the largest cell */
  constructor(
    private readonly space: FaultSpace,
    solver: SatSolver,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.encoder = new Encoder(space.circuit, solver);
    this.literals = space.faults.map((_, index) => this.encoder.variable(index));
    this.numbers = new Map(space.faults.map((fault, index) => [faultKey(fault), index]));
    this.models = new MinimalSearch(solver, this.literals);
    this.solver = solver;
    this.encoder.assert(space.admissible);
  }

  private readonly solver: SatSolver;

  /** Scenarios in which `formula` is true are of no more interest. */
  exclude(formula: Formula): Promise<void> {
    return withPauses(this.encoder.asserting(-formula), this.signal);
  }

  /** Neither are supersets of a scenario. */
  block(scenario: Scenario): void {
    this.solver.addClause(scenario.map((fault) => -(this.literals[this.numbers.get(faultKey(fault)) as number] ?? 0)));
  }

  /**
   * A subset-minimal scenario of interest within the bounds of a cell; undefined if there is none.
   * @param fewer it has fewer faults than this
   * @throws the signal's reason when it is aborted
   */
  async next(cell: Bounds, fewer = Number.POSITIVE_INFINITY): Promise<Scenario | undefined> {
    const given = [this.within(cell), ...(Number.isFinite(fewer) ? [this.fewerThan(fewer)] : [])];
    for (;;) {
      await pause();
      this.signal?.throwIfAborted();
      const { status, faults } = this.models.next(new Budget(this.solver, SLICE), given);
      if (status === 'unsatisfiable') return undefined;
      if (status === 'unknown') continue;
      const indexes = new Map(this.literals.map((literal, index) => [literal, index]));
      return this.space.scenario(faults.map((literal) => indexes.get(literal) as number));
    }
  }

  /** A literal that is true only within the bounds of a cell. */
  private within(bounds: Bounds): number {
    return getOrMake(this.cells, bounds, () => {
      const { circuit, faults, variable } = this.space;
      const own = new Set(kinds().flatMap((kind) => possibleOf(kind, bounds).map(faultKey)));
      for (const key of own) invariant(this.numbers.has(key), `larger bounds admit ${key} as well`);
      const isOwn = faults.map((fault) => own.has(faultKey(fault)));
      const others = faults.flatMap((fault, i) => (isOwn[i] ? [] : [-variable(fault)]));
      const laws = limits(
        { circuit, bounds, variable },
        faults.filter((_, i) => isOwn[i]),
      );
      return this.encoder.literal(circuit.and([...others, ...laws]), 'positive');
    });
  }

  /** A literal that is true only of scenarios with fewer faults. */
  private fewerThan(size: number): number {
    return getOrMake(this.sizes, size, () => {
      const { circuit, faults, variable } = this.space;
      const counts = atLeast(circuit, faults.map(variable), size);
      const reached = counts[size];
      return this.encoder.literal(reached === undefined ? circuit.and([]) : -reached, 'positive');
    });
  }
}
