/**
 * An oracle for explorations: whether formulas can be true together, given what always is. With it, only what can
 * really happen is explored.
 *
 * One incremental solver with the formulas as assumptions (Eén, Sörensson, "Temporal induction by incremental SAT
 * solving", 2003), beside the one of the search, which would have to carry everything that was ever asked. Answers are
 * kept.
 */
import { type Circuit, FALSE, type Formula, TRUE } from '../core/circuit.js';
import type { SatSolver, SolverStatistics, SolveStatus } from './port.js';
import { Samples, type Truth } from './samples.js';
import { Encoder } from './tseitin.js';

export interface Oracle {
  /** How much work its answers were, in gates that could have been made instead. */
  readonly work: number;
  /** Whether all of these can be true together; also true if that is too hard to tell. */
  possible(formulas: readonly Formula[]): boolean;
  /**
   * Which of these can be true together with all of `given`, one at a time: by position a case in which it is, or
   * whether that is too hard to tell. One question for many that cannot.
   */
  possibleOf(options: readonly Formula[], given: readonly Formula[]): (Truth | 'unknown' | undefined)[];
  /**
   * The truth of formulas in a case in which all of these are true; undefined if there is none, or it is too hard to
   * find.
   */
  witness(formulas: readonly Formula[]): Truth | undefined;
  /** No two of these are ever true together, which need not be found out. */
  exclude(formulas: readonly Formula[]): void;
  /** What is asked from now on has little to do with what was asked before. */
  renew(): void;
}

/** Takes everything for possible: for explorations that need not be exact. */
export const CREDULOUS: Oracle = {
  work: 0,
  possible: (formulas) => !formulas.includes(FALSE),
  possibleOf: (options) => options.map((option) => (option === FALSE ? undefined : 'unknown')),
  witness: () => undefined,
  exclude: () => undefined,
  renew: () => undefined,
};

/** Conflicts after which a question is too hard. */
const HARD = 1_000;

/** What a question is as work: so much, and for each variable as if there were so many conflicts more, by so much. */
const QUESTION = { least: 20, conflicts: 4, share: 1 / 2_000 };

/** Most formulas that exclude each other, pair by pair. */
const MOST_EXCLUDED = 40;

export class SatOracle implements Oracle {
  work = 0;
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

  possibleOf(options: readonly Formula[], given: readonly Formula[]): (Truth | 'unknown' | undefined)[] {
    if (given.includes(FALSE)) return options.map(() => undefined);
    const found: (Truth | 'unknown' | undefined)[] = options.map((option) =>
      option === FALSE ? undefined : this.samples.find([...given, option]),
    );
    for (;;) {
      const open = options.map((_, i) => i).filter((i) => !found[i] && options[i] !== FALSE);
      const formulas = open.map((i) => options[i] as Formula);
      const status = open.length > 0 ? this.solve(given, formulas) : 'unsatisfiable';
      if (status === 'unsatisfiable') return found;
      // What was just found is all that is new.
      for (const i of open)
        found[i] = status === 'unknown' ? status : this.samples.findNew([...given, options[i] as Formula]);
    }
  }

  witness(formulas: readonly Formula[]): Truth | undefined {
    if (formulas.includes(FALSE)) return undefined;
    const sample = this.samples.find(formulas);
    if (sample || this.solve(formulas) !== 'satisfiable') return sample;
    const model = this.model();
    return this.circuit.evaluator((variable) => model[variable] === true);
  }

  /** @param some of which at least one is to be true, if there are any */
  private solve(formulas: readonly Formula[], some: readonly Formula[] = []): SolveStatus {
    this.asked ??= this.begin();
    const { solver, encoder } = this.asked;
    const assumptions = formulas.map((formula) => encoder.literal(formula, 'positive'));
    const constraint = some.map((formula) => encoder.literal(formula, 'positive'));
    const { conflicts } = solver.statistics;
    const status = solver.solve({ assumptions, conflicts: HARD, ...(some.length > 0 && { constraint }) });
    this.work += workOf(solver.statistics, conflicts);
    if (status === 'satisfiable') this.samples.add(this.model());
    // The solver need not find that out again.
    const no = assumptions.map((literal) => -literal);
    if (status === 'unsatisfiable')
      if (some.length === 0) solver.addClause(no);
      else for (const literal of constraint) solver.addClause([...no, -literal]);
    return status;
  }

  /** Literals that only imply their formulas exclude each other too. */
  exclude(formulas: readonly Formula[]): void {
    if (!this.asked || formulas.length > MOST_EXCLUDED) return;
    const { solver, encoder } = this.asked;
    const no = formulas.map((formula) => -encoder.literal(formula, 'positive'));
    for (const [i, a] of no.entries()) for (const b of no.slice(0, i)) solver.addClause([a, b]);
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

  /** A solver pays for all that it was ever told, at each question. */
  renew(): void {
    this.dispose();
    this.asked = undefined;
  }

  /** Frees the solver. */
  dispose(): void {
    this.asked?.solver.dispose();
  }
}

/** What a question was as work, in which conflicts were added to those before. */
const workOf = ({ variables, conflicts }: SolverStatistics, before: number): number =>
  QUESTION.least + Math.round(variables * (QUESTION.conflicts + conflicts - before) * QUESTION.share);
