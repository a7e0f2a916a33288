/**
 * Boolean formulas as a hash-consed circuit of n-ary AND gates and inverters
 * (and-inverter graphs: Kuehlmann, Paruthi, Krohm, Ganai, 2002).
 *
 * A formula is an integer; its negation is the negative integer; TRUE is 1 and FALSE is -1. Equal subformulas are one
 * gate, and constants, duplicates and complements fold away as gates are built.
 * Invariant: a gate's inputs have smaller ids than the gate, so id order is a topological order.
 */
import { grown, Sequences } from './sequences.js';
import { sortSigned } from './signed.js';

/** A formula of one `Circuit`; `-f` is its negation. */
export type Formula = number;

export const TRUE: Formula = 1;
export const FALSE: Formula = -1;

/** Marks a gate id that is a variable rather than an AND gate; see `Circuit.inputs`. */
const VARIABLE_TAG = 0;

export class Circuit {
  /** Per gate: [tag, payload…]; variables are [0, index], AND gates are [1, inputs…]. Gate g is sequence g - 2. */
  private readonly gates = new Sequences();
  private buffer: number[] = [];

  /** How many gates there are, constants included: every formula f has |f| < size. */
  get size(): number {
    return this.gates.size + 2;
  }

  /** The formula that is true exactly when input variable `index` (0, 1, …) is. */
  variable(index: number): Formula {
    return this.gates.intern([VARIABLE_TAG, index]) + 2;
  }

  /** The index of the variable that gate `id` (positive) stands for, or -1 if it is an AND gate. */
  variableOf(id: number): number {
    return this.gates.at(id - 2, 0) === VARIABLE_TAG ? this.gates.at(id - 2, 1) : -1;
  }

  /** The inputs of AND gate `id` (positive, at least 2, not a variable). */
  inputs(id: number): Formula[] {
    return this.gates.get(id - 2).slice(1);
  }

  /** Conjunction; the empty one is TRUE. */
  and(formulas: Iterable<Formula>): Formula {
    const sorted = this.buffer;
    sorted.length = 0;
    for (const f of formulas) {
      if (f === FALSE) return FALSE;
      if (f !== TRUE) sorted.push(f);
    }
    sortSigned(sorted);
    const gate = [1];
    for (const f of sorted) {
      const last = gate.length > 1 ? (gate[gate.length - 1] as number) : 0;
      if (f === -last) return FALSE;
      if (f !== last) gate.push(f);
    }
    if (gate.length === 1) return TRUE;
    if (gate.length === 2) return gate[1] as number;
    return this.gates.intern(gate) + 2;
  }

  /** Disjunction; the empty one is FALSE. */
  or(formulas: Iterable<Formula>): Formula {
    const negated: Formula[] = [];
    for (const f of formulas) negated.push(-f);
    return -this.and(negated);
  }

  /**
   * Truth of formulas under one assignment of the variables, memoised over the circuit.
   * @param assignment truth of each variable by index
   */
  evaluator(assignment: (variable: number) => boolean): (formula: Formula) => boolean {
    let known = new Int8Array(this.size);
    known[1] = 1;
    const gate = (id: number): boolean => {
      if (id >= known.length) {
        const bigger = new Int8Array(Math.max(this.size, 2 * known.length));
        bigger.set(known);
        known = bigger;
      }
      if (known[id] !== 0) return known[id] === 1;
      const variable = this.variableOf(id);
      let truth = true;
      if (variable >= 0) truth = assignment(variable);
      else for (let i = this.gates.length(id - 2) - 1; i >= 1 && truth; i--) truth = holds(this.gates.at(id - 2, i));
      known[id] = truth ? 1 : -1;
      return truth;
    };
    const holds = (formula: Formula): boolean => (formula > 0 ? gate(formula) : !gate(-formula));
    return holds;
  }

  /**
   * Truth of formulas in 32 assignments at once, a bit for each; gates that are made later are taken in as they are
   * asked for.
   * @param assignment bits of each variable by index
   */
  parallel(assignment: (variable: number) => number): (formula: Formula) => number {
    let bits = new Int32Array(this.size);
    bits[TRUE] = -1;
    let done = TRUE + 1;
    const truth = (formula: Formula): number => (formula > 0 ? (bits[formula] as number) : ~(bits[-formula] as number));
    const gate = (id: number): number => {
      const variable = this.variableOf(id);
      if (variable >= 0) return assignment(variable);
      let all = -1;
      for (let i = this.gates.length(id - 2) - 1; i >= 1 && all !== 0; i--) all &= truth(this.gates.at(id - 2, i));
      return all;
    };
    return (formula) => {
      if (Math.abs(formula) >= done) {
        if (this.size > bits.length) bits = grown(bits, this.size);
        for (; done < this.size; done++) bits[done] = gate(done);
      }
      return truth(formula);
    };
  }
}
