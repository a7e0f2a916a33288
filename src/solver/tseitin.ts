/**
 * Incremental clauses of a circuit, polarity by polarity (Plaisted & Greenbaum, "A structure-preserving clause form
 * translation", 1986, after Tseitin 1968).
 *
 * A gate gets one solver variable when it is first needed, and of its two defining implications only the one that is
 * needed; the other follows if it is ever asked for. Work is a list, not a recursion, so depth does not matter.
 * Invariant: with `pending` empty, every side recorded in `sides` has its clauses, and so have the sides these refer
 * to.
 */
import { type Circuit, FALSE, type Formula, TRUE } from '../core/circuit.js';
import { invariant } from '../core/invariant.js';
import { grown } from '../core/sequences.js';
import { atOnce, strides } from '../core/work.js';
import type { SatSolver } from './port.js';

/**
 * Which implications between a formula and its literal hold: 'positive': literal ⇒ formula; 'negative': formula ⇒
 * literal.
 */
export type Polarity = 'positive' | 'negative' | 'both';

/** Gates that are written before long work yields. */
const STRIDE = 20_000;

const POSITIVE = 1;
const NEGATIVE = 2;
const ASSERTED_TRUE = 4;
const ASSERTED_FALSE = 8;
const SIDES: Record<Polarity, number> = { positive: POSITIVE, negative: NEGATIVE, both: POSITIVE | NEGATIVE };

export class Encoder {
  private readonly circuit: Circuit;
  private readonly solver: SatSolver;
  /** Solver variable per gate, 0 for none yet. */
  private variables = new Int32Array(1024);
  /** Bits per gate: sides with clauses, and whether it was asserted as such. */
  private sides = new Int32Array(1024);
  /** Gates with a side to write, as gate and side in turn. */
  private readonly pending: number[] = [];

  /**
   * @param circuit where the formulas live; it may keep growing
   * @param solver gets the clauses; others may add clauses and variables of their own to it
   */
  constructor(circuit: Circuit, solver: SatSolver) {
    this.circuit = circuit;
    this.solver = solver;
  }

  /** The solver variable of input variable `index` of the circuit; the same at each call. */
  variable(index: number): number {
    return this.variableOf(this.circuit.variable(index));
  }

  /**
   * A solver literal for a formula, with its clauses.
   * @param polarity use 'positive' if the literal will only be required or assumed true, 'negative' if only false
   */
  literal(formula: Formula, polarity: Polarity): number {
    const literal = this.need(formula, SIDES[polarity]);
    if (this.pending.length > 0) atOnce(this.writing());
    return literal;
  }

  /** Requires a formula: conjunctions are split, a disjunction becomes one clause of its parts' literals. */
  assert(formula: Formula): void {
    atOnce(this.asserting(formula));
  }

  /** The same; yields now and then. */
  *asserting(formula: Formula): Generator<void, void> {
    this.split(formula);
    yield* this.writing();
  }

  private split(formula: Formula): void {
    const open = [formula];
    for (let f = open.pop(); f !== undefined; f = open.pop()) {
      if (f === TRUE || this.asserted(f)) continue;
      if (f === FALSE) this.solver.addClause([]);
      else if (this.circuit.variableOf(Math.abs(f)) >= 0) this.solver.addClause([this.need(f, POSITIVE)]);
      else if (f > 0) for (const input of this.circuit.inputs(f).reverse()) open.push(input);
      else this.solver.addClause(this.circuit.inputs(-f).map((input) => this.need(-input, POSITIVE)));
    }
  }

  /** Marks a formula as asserted; whether it was before. */
  private asserted(formula: Formula): boolean {
    const gate = Math.abs(formula);
    const bit = formula > 0 ? ASSERTED_TRUE : ASSERTED_FALSE;
    this.reserve(gate);
    const before = this.sides[gate] as number;
    this.sides[gate] = before | bit;
    return (before & bit) !== 0;
  }

  /** The literal of a formula; sides that have no clauses yet are put on the list. */
  private need(formula: Formula, wanted: number): number {
    const gate = Math.abs(formula);
    const variable = this.variableOf(gate);
    const sides = formula > 0 ? wanted : ((wanted & POSITIVE) << 1) | ((wanted & NEGATIVE) >> 1);
    const known = this.sides[gate] as number;
    if ((known & sides) !== sides) {
      this.sides[gate] = known | sides;
      this.pending.push(gate, sides & ~known);
    }
    return formula > 0 ? variable : -variable;
  }

  /** Writes the clauses of everything on the list, and of what they refer to. */
  private *writing(): Generator<void, void> {
    const due = strides(STRIDE);
    while (this.pending.length > 0) {
      const sides = this.pending.pop() as number;
      const gate = this.pending.pop() as number;
      if (gate === TRUE) this.solver.addClause([this.variableOf(gate)]);
      else if (this.circuit.variableOf(gate) < 0) this.define(gate, sides);
      if (due(1)) yield;
    }
  }

  private define(gate: number, sides: number): void {
    const variable = this.variableOf(gate);
    const inputs = this.circuit.inputs(gate);
    if (sides & POSITIVE) {
      for (const input of inputs) this.solver.addClause([-variable, this.need(input, POSITIVE)]);
    }
    if (sides & NEGATIVE) {
      this.solver.addClause([variable, ...inputs.map((input) => -this.need(input, NEGATIVE))]);
    }
  }

  private variableOf(gate: number): number {
    this.reserve(gate);
    const known = this.variables[gate] as number;
    if (known > 0) return known;
    const fresh = this.solver.newVariable();
    this.variables[gate] = fresh;
    return fresh;
  }

  private reserve(gate: number): void {
    invariant(gate > 0 && gate < this.circuit.size, `formula ${gate} is not of this circuit`);
    if (gate < this.variables.length) return;
    this.variables = grown(this.variables, gate + 1);
    this.sides = grown(this.sides, gate + 1);
  }
}
