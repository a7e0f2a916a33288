/**
 * A second solver behind the port, to check the first: MiniSat (Eén & Sörensson 2003) from `logic-solver`, for small
 * formulas.
 *
 * Its assumption call is right for one positive variable only, so assumptions and constraint hang on a fresh activation
 * variable that is switched off for good afterwards. It has no conflict limit: it never answers 'unknown'.
 */
import Logic from 'logic-solver';
import { invariant } from '../../src/core/invariant.js';
import type { SatSolver, SolveRequest, SolverStatistics, SolveStatus } from '../../src/solver/port.js';

export async function createMinisat(): Promise<SatSolver> {
  return new MinisatSolver();
}

class MinisatSolver implements SatSolver {
  private readonly native = new Logic._MiniSat();
  private readonly counters = { variables: 0, clauses: 0, calls: 0, conflicts: 0 };
  /** MiniSat variable per port variable: activation variables lie in between. */
  private readonly inner = [0];
  private innerVariables = 0;
  private model: boolean[] | undefined;
  private refuted: SolveRequest | undefined;

  get statistics(): SolverStatistics {
    return { ...this.counters };
  }

  newVariable(): number {
    this.forget();
    this.inner.push(this.fresh());
    return ++this.counters.variables;
  }

  addClause(literals: readonly number[]): void {
    this.forget();
    this.counters.clauses++;
    this.native.addClause(this.translate(literals));
  }

  solve(request: SolveRequest = {}): SolveStatus {
    this.forget();
    this.counters.calls++;
    this.model = this.run(request);
    if (this.model === undefined) this.refuted = request;
    return this.model ? 'satisfiable' : 'unsatisfiable';
  }

  value(literal: number): boolean {
    invariant(this.model, 'no model');
    return this.model[this.inner[Math.abs(literal)] as number] === literal > 0;
  }

  /** By deletion, so minimal. */
  core(): number[] {
    invariant(this.refuted, 'no core');
    const { assumptions = [], ...rest } = this.refuted;
    let core = [...new Set(assumptions)];
    for (const literal of core) {
      const fewer = core.filter((other) => other !== literal);
      if (this.run({ ...rest, assumptions: fewer }) === undefined) core = fewer;
    }
    return core;
  }

  dispose(): void {}

  private run(request: SolveRequest): boolean[] | undefined {
    const active = this.fresh();
    for (const literal of request.assumptions ?? []) this.native.addClause([-active, ...this.translate([literal])]);
    if (request.constraint) this.native.addClause([-active, ...this.translate(request.constraint)]);
    const model = this.native.solveAssuming(active) ? this.native.getSolution() : undefined;
    this.native.addClause([-active]);
    return model;
  }

  private fresh(): number {
    this.native.ensureVar(++this.innerVariables);
    return this.innerVariables;
  }

  private translate(literals: readonly number[]): number[] {
    return literals.map((literal) => Math.sign(literal) * (this.inner[Math.abs(literal)] as number));
  }

  private forget(): void {
    this.model = undefined;
    this.refuted = undefined;
  }
}
