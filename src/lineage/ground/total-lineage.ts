/**
 * Total lineage: the formula that is true in exactly the scenarios in which the outcome holds, from the ground program
 * alone.
 *
 * Atom by atom in order of dependency. A same-tick cycle is unrolled from 'all false' until nothing changes, at most
 * once per member: that is its least fixpoint, where Clark's completion would let facts support each other.
 */

import { type Circuit, FALSE, type Formula, TRUE } from '../../core/circuit.js';
import { atLeast } from '../../core/threshold.js';
import { strides } from '../../core/work.js';
import { type AtomId, atomOf, type Body, type Definition, type Ground, type PromiseRow, STRIDE } from './ground.js';
import type { Mistake } from './mistakes.js';
import type { Unit } from './order.js';

/**
 * 'The outcome holds (or is vacuous)' and 'something is promised', as formulas over fault variables. Yields now and
 * then.
 */
export function* totalLineage(
  circuit: Circuit,
  ground: Ground,
  units: readonly Unit[],
  promise: readonly PromiseRow[],
  mistake?: Mistake,
): Generator<void, { readonly holds: Formula; readonly promises: Formula }> {
  const builder = new TotalBuilder(circuit, ground, mistake);
  const due = strides(STRIDE);
  for (const unit of units) {
    for (let round = 0; builder.round(unit, round); round++) if (due(unit.atoms.length)) yield;
    if (due(unit.atoms.length)) yield;
  }
  const rows = promise.map(({ pre, post }) =>
    circuit.or([builder.decided(post), mistake === 'post-only' ? FALSE : -builder.decided(pre)]),
  );
  return { holds: circuit.and(rows), promises: circuit.or(promise.map(({ pre }) => builder.decided(pre))) };
}

class TotalBuilder {
  private readonly formulas: Int32Array;
  private readonly thresholds = new Map<readonly AtomId[], Formula[]>();
  private readonly sums = new Map<unknown, Map<string, { sum: number; size: number; when: Formula }>>();

  constructor(
    private readonly circuit: Circuit,
    private readonly ground: Ground,
    private readonly mistake: Mistake | undefined,
  ) {
    this.formulas = new Int32Array(ground.size).fill(FALSE);
  }

  /** One round of unrolling; whether another one may change something. */
  round({ atoms, cyclic }: Unit, round: number): boolean {
    if (this.mistake === 'completion' && cyclic && round === 0) for (const atom of atoms) this.formulas[atom] = TRUE;
    let changed = false;
    const next = atoms.map((atom) => this.formula(this.ground.definitions[atom] as Definition));
    atoms.forEach((atom, i) => {
      changed ||= this.formulas[atom] !== next[i];
      this.formulas[atom] = next[i] as Formula;
    });
    return changed && round + 1 < atoms.length;
  }

  /** The formula of a promise literal. */
  decided(literal: number | boolean): Formula {
    return typeof literal === 'boolean' ? (literal ? TRUE : FALSE) : this.literal(literal);
  }

  private literal(literal: number): Formula {
    const formula = this.formulas[atomOf(literal)] as Formula;
    if (literal > 0) return formula;
    return this.mistake === 'ignore-negation' ? TRUE : -formula;
  }

  private body(body: Body): Formula {
    return this.circuit.and(body.map((literal) => this.literal(literal)));
  }

  private formula(definition: Definition): Formula {
    if (definition.kind === 'bodies') return this.circuit.or(definition.bodies.map((body) => this.body(body)));
    if (definition.kind === 'leaf')
      return definition.crash && this.mistake === 'constant-crash' ? FALSE : definition.formula;
    if (definition.kind === 'at-least') return this.threshold(definition.inputs)[definition.least] as Formula;
    const matching = [...this.totals(definition).values()].filter(({ sum, size }) => definition.gives(sum, size));
    return this.circuit.or(matching.map(({ when }) => when));
  }

  private threshold(inputs: readonly AtomId[]): Formula[] {
    let counts = this.thresholds.get(inputs);
    if (counts === undefined) {
      counts = atLeast(
        this.circuit,
        inputs.map((atom) => this.formulas[atom] as Formula),
      );
      this.thresholds.set(inputs, counts);
    }
    return counts;
  }

  /** Every reachable (sum, size) of a group with the formula under which it is the total. */
  private totals({
    inputs,
    base,
  }: Definition & { kind: 'total' }): Map<string, { sum: number; size: number; when: Formula }> {
    const known = this.sums.get(inputs);
    if (known) return known;
    const { circuit } = this;
    let states = new Map([[`${base.sum},${base.size}`, { ...base, when: TRUE }]]);
    for (const { atom, ...added } of inputs) {
      const input = this.formulas[atom] as Formula;
      const next = new Map<string, { sum: number; size: number; when: Formula }>();
      const reach = (sum: number, size: number, when: Formula): void => {
        const state = next.get(`${sum},${size}`);
        if (state) state.when = circuit.or([state.when, when]);
        else next.set(`${sum},${size}`, { sum, size, when });
      };
      for (const { sum, size, when } of states.values()) {
        reach(sum, size, circuit.and([when, -input]));
        reach(sum + added.sum, size + added.size, circuit.and([when, input]));
      }
      states = next;
    }
    this.sums.set(inputs, states);
    return states;
  }
}
