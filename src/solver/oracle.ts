/**
 * An oracle for explorations: whether formulas can be true together, given what always is. With it, only what can
 * really happen is explored.
 *
 * One incremental solver with the formulas as assumptions (Eén, Sörensson, "Temporal induction by incremental SAT
 * solving", 2003), beside the one of the search, which would have to carry everything that was ever asked. Answers are
 * kept.
 */
import { type Circuit, FALSE, type Formula, TRUE } from '../core/circuit.js';
import type { SatSolver, SolveStatus } from './port.js';
import { Samples } from './samples.js';
import { Encoder } from './tseitin.js';

export interface Oracle {
  /** Whether all of these can be true together; also true if that is too hard to tell. */
  possible(formulas: readonly Formula[]): boolean;
  /**
   * The truth of formulas in a case in which all of these are true; undefined if there is none, or it is too hard to
   * find.
   */
  witness(formulas: readonly Formula[]): ((formula: Formula) => boolean) | undefined;
}

/** Takes everything for possible: for explorations that need not be exact. */
export const CREDULOUS: Oracle = { possible: (formulas) => !formulas.includes(FALSE), witness: () => undefined };

/** Conflicts after which a question is too hard. */
const HARD = 1_000;

export class SatOracle implements Oracle {
  private readonly samples: Samples;
  private readonly answers = new Map<string, boolean>();
  /** What answers; undefined before the first question that needs it, since not everybody asks. */
  private asked: { solver: SatSolver; encoder: Encoder; variables: readonly number[] } | undefined;

  /**
   * @param solver makes an empty one, which is the oracle's own from then on
   * @param always what is true whatever is asked
   * @param size how many variables the circuit has
   */
  constructor(
    private readonly circuit: Circuit,
    private readonly solver: () => SatSolver,
    private readonly always: Formula,
    private readonly size: number,
  ) {
    this.samples = new Samples(circuit, always, size);
  }

  possible(formulas: readonly Formula[]): boolean {
    if (formulas.includes(FALSE)) return false;
    const asked = formulas.filter((formula) => formula !== TRUE).sort((a, b) => a - b);
    const key = asked.join(' ');
    let answer = this.answers.get(key);
    if (answer === undefined) {
      answer = this.samples.find(asked) !== undefined || this.solve(asked) !== 'unsatisfiable';
      this.answers.set(key, answer);
    }
    return answer;
  }

  witness(formulas: readonly Formula[]): ((formula: Formula) => boolean) | undefined {
    if (formulas.includes(FALSE)) return undefined;
    const sample = this.samples.find(formulas);
    if (sample || this.solve(formulas) !== 'satisfiable') return sample;
    const model = this.model();
    return this.circuit.evaluator((variable) => model[variable] === true);
  }

  private solve(formulas: readonly Formula[]): SolveStatus {
    this.asked ??= this.begin();
    const { solver, encoder } = this.asked;
    const assumptions = formulas.map((formula) => encoder.literal(formula, 'positive'));
    const status = solver.solve({ assumptions, conflicts: HARD });
    if (status === 'satisfiable') this.samples.add(this.model());
    // The solver need not find that out again.
    if (status === 'unsatisfiable') solver.addClause(assumptions.map((literal) => -literal));
    return status;
  }

  private begin(): NonNullable<typeof this.asked> {
    const solver = this.solver();
    const encoder = new Encoder(this.circuit, solver);
    encoder.assert(this.always);
    return { solver, encoder, variables: Array.from({ length: this.size }, (_, index) => encoder.variable(index)) };
  }

  private model(): boolean[] {
    return this.asked ? this.asked.variables.map((variable) => this.asked?.solver.value(variable) === true) : [];
  }

  /** Frees the solver. */
  dispose(): void {
    this.asked?.solver.dispose();
  }
}
