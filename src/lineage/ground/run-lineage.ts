/**
 * Run lineage: why the outcome of one run held, as a formula that is true of the run and implies 'holds' in every
 * scenario.
 *
 * reason(true fact) = OR over its bodies true in the run of AND of the literals' reasons; reason(false fact) = AND over
 * all its possible bodies of OR of the reasons of the literals that are false (Alvaro et al., 2015; why-not provenance:
 * Köhler, Ludäscher, Zinn, 2013). On a cycle, a true fact may only use facts of lower rank, and the false facts are one
 * unfounded set with one joint reason.
 */

import { type Circuit, FALSE, type Formula, TRUE } from '../../core/circuit.js';
import { atLeast } from '../../core/threshold.js';
import { strides } from '../../core/work.js';
import { type AtomId, atomOf, type Body, type Definition, type Ground, type PromiseRow, STRIDE } from './ground.js';
import type { Mistake } from './mistakes.js';
import { mentioned, type Unit } from './order.js';
import type { Truth } from './truth.js';

/** The lineage of a run that held; `truth` is the run's. Yields now and then. */
export function* runLineage(
  circuit: Circuit,
  ground: Ground,
  units: readonly Unit[],
  promise: readonly PromiseRow[],
  truth: Truth,
  mistake?: Mistake,
): Generator<void, Formula> {
  const supports = promise.map(({ pre, post }): (AtomId | true)[] => {
    const kept = support(post, true, truth);
    const dropped = mistake === 'post-only' ? (kept ?? true) : support(pre, false, truth);
    return [kept, dropped].filter((found) => found !== undefined);
  });
  const reasons = new Reasons(circuit, ground, truth, mistake);
  const roots = supports.flat().filter((atom) => atom !== true);
  const needed = yield* neededAtoms(ground, units, roots, truth);
  const due = strides(STRIDE);
  for (const unit of units) {
    if (!unit.atoms.some((atom) => needed[atom])) continue;
    reasons.unit(unit);
    if (due(unit.atoms.length)) yield;
  }
  return circuit.and(supports.map((row) => circuit.or(row.map((root) => (root === true ? TRUE : reasons.of(root))))));
}

/**
 * The atom whose reason shows that `literal` is `wanted`; true if it is so for certain, undefined if it is not so in
 * the run.
 */
function support(literal: number | boolean, wanted: boolean, truth: Truth): AtomId | true | undefined {
  if (typeof literal === 'boolean') return literal === wanted ? true : undefined;
  return truth.holds(literal) === wanted ? atomOf(literal) : undefined;
}

/** Atoms that the reasons of `roots` mention, found in one backward pass. */
function* neededAtoms(
  ground: Ground,
  units: readonly Unit[],
  roots: readonly AtomId[],
  truth: Truth,
): Generator<void, Uint8Array> {
  const due = strides(STRIDE);
  const needed = new Uint8Array(ground.size);
  for (const root of roots) needed[root] = 1;
  for (let i = units.length - 1; i >= 0; i--) {
    const { atoms, cyclic } = units[i] as Unit;
    if (!atoms.some((atom) => needed[atom])) continue;
    for (const atom of atoms) {
      const definition = ground.definitions[atom] as Definition;
      const others = cyclic ? mentioned(definition) : relevant(definition, truth.holds(atom + 1), truth);
      for (const other of others) needed[other] = 1;
    }
    if (due(atoms.length)) yield;
  }
  return needed;
}

/** What the reason of one atom mentions: bodies that hold if it is true, literals that do not if it is false. */
function relevant(definition: Definition, isTrue: boolean, truth: Truth): AtomId[] {
  if (definition.kind !== 'bodies') return mentioned(definition);
  if (isTrue) return definition.bodies.filter((body) => body.every(truth.holds)).flatMap((body) => body.map(atomOf));
  return definition.bodies.flatMap((body) => body.filter((literal) => !truth.holds(literal)).map(atomOf));
}

class Reasons {
  private readonly reasons: Int32Array;

  constructor(
    private readonly circuit: Circuit,
    private readonly ground: Ground,
    private readonly truth: Truth,
    private readonly mistake: Mistake | undefined,
  ) {
    this.reasons = new Int32Array(ground.size);
  }

  /** Why the atom is what it is in the run. */
  of(atom: AtomId): Formula {
    return this.reasons[atom] as Formula;
  }

  unit({ atoms, cyclic }: Unit): void {
    if (!cyclic) {
      for (const atom of atoms) this.reasons[atom] = this.reason(atom);
      return;
    }
    const isTrue = atoms.filter((atom) => this.truth.holds(atom + 1));
    this.unfounded(atoms.filter((atom) => !this.truth.holds(atom + 1)));
    // Self-support, when made on purpose: every body counts, members not yet explained count as TRUE.
    if (this.mistake === 'self-support') for (const atom of isTrue) this.reasons[atom] = TRUE;
    const ranked = [...isTrue].sort((a, b) => this.truth.rank(a) - this.truth.rank(b));
    const members = new Set(isTrue);
    for (const atom of ranked) {
      const usable = (literal: number): boolean =>
        this.mistake === 'self-support' ||
        !members.has(atomOf(literal)) ||
        this.truth.rank(atomOf(literal)) < this.truth.rank(atom);
      this.reasons[atom] = this.why(this.ground.bodies(atom).filter((body) => body.every(usable)));
    }
  }

  /** One reason for all false atoms of a cycle: whatever does not need another of them is blocked. */
  private unfounded(atoms: readonly AtomId[]): void {
    if (this.mistake === 'one-by-one') {
      for (const atom of atoms) this.reasons[atom] = TRUE;
      for (const atom of atoms) this.reasons[atom] = this.whyNot(this.ground.bodies(atom));
      return;
    }
    const members = new Set(atoms);
    const external = atoms.flatMap((atom) =>
      this.ground.bodies(atom).filter((body) => !body.some((literal) => literal > 0 && members.has(atomOf(literal)))),
    );
    const joint = this.whyNot(external);
    for (const atom of atoms) this.reasons[atom] = joint;
  }

  private reason(atom: AtomId): Formula {
    const definition = this.ground.definitions[atom] as Definition;
    const isTrue = this.truth.holds(atom + 1);
    if (definition.kind === 'leaf') {
      if (definition.crash && this.mistake === 'constant-crash') return TRUE;
      return isTrue ? definition.formula : -definition.formula;
    }
    if (definition.kind === 'bodies') return isTrue ? this.why(definition.bodies) : this.whyNot(definition.bodies);
    if (definition.kind === 'total') return this.circuit.and(definition.inputs.map((input) => this.of(input.atom)));
    const agreeing = definition.inputs.filter((input) => this.truth.holds(input + 1) === isTrue);
    const enough = isTrue ? definition.least : definition.inputs.length - definition.least + 1;
    return (
      atLeast(
        this.circuit,
        agreeing.map((input) => this.of(input)),
        enough,
      )[enough] ?? FALSE
    );
  }

  private why(bodies: readonly Body[]): Formula {
    const holding = bodies.filter((body) => body.every(this.truth.holds));
    return this.circuit.or(holding.map((body) => this.circuit.and(body.map((literal) => this.literal(literal)))));
  }

  private whyNot(bodies: readonly Body[]): Formula {
    const considered = this.mistake === 'this-run-only' ? bodies.filter((body) => this.isOverThisRun(body)) : bodies;
    return this.circuit.and(
      considered.map((body) =>
        this.circuit.or(body.filter((literal) => !this.truth.holds(literal)).map((literal) => this.literal(literal))),
      ),
    );
  }

  private literal(literal: number): Formula {
    return literal < 0 && this.mistake === 'ignore-negation' ? TRUE : this.of(atomOf(literal));
  }

  /** Whether a body's facts all hold in this run, so that only a leaf or a negated subgoal blocks it. */
  private isOverThisRun(body: Body): boolean {
    return body.every(
      (literal) =>
        literal < 0 || this.truth.holds(literal) || this.ground.definitions[atomOf(literal)]?.kind === 'leaf',
    );
  }
}
