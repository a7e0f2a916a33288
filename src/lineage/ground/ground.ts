/**
 * The ground program: every rule instance that can matter in some admissible scenario, as definitions of atoms.
 *
 * An atom is a fact at a tick, a leaf (an arrival or a crash: a formula over fault variables), or an auxiliary: 'some
 * tuple matches', 'value x is in the group', a threshold of an aggregate. Invariant: in every admissible scenario an
 * atom's truth is the least fixpoint of its definition; atoms that are true in all of them ('certain') are stripped
 * from bodies.
 */
import { type Circuit, type Formula, TRUE } from '../../core/circuit.js';
import { Sequences } from '../../core/sequences.js';
import { sortSigned } from '../../core/signed.js';

/** Atoms that are gone through before long work yields. */
export const STRIDE = 20_000;

/** An atom's id, 0, 1, 2 … */
export type AtomId = number;

/** A body literal: `atom + 1`, or `-(atom + 1)` if negated. */
export type GroundLiteral = number;

/** Conjunction of literals. */
export type Body = readonly GroundLiteral[];

export const positive = (atom: AtomId): GroundLiteral => atom + 1;
export const negative = (atom: AtomId): GroundLiteral => -(atom + 1);
export const atomOf = (literal: GroundLiteral): AtomId => Math.abs(literal) - 1;

/** Values that are in a group exactly when an atom is true: their sum, and how many they are. */
export interface TotalInput {
  readonly atom: AtomId;
  readonly sum: number;
  readonly size: number;
}

/** How an atom's truth follows from other atoms or from the faults. */
export type Definition =
  /** True when one of the bodies is; several bodies make a disjunction. */
  | { readonly kind: 'bodies'; bodies: Body[] }
  /** True when the formula over fault variables is. */
  | { readonly kind: 'leaf'; readonly formula: Formula; readonly crash: boolean }
  /** True when at least `least` of the inputs are. */
  | { readonly kind: 'at-least'; readonly inputs: readonly AtomId[]; readonly least: number }
  /** True when the true inputs' values (and `base`, from certain ones) give `result`: see `aggregates.ts`. */
  | {
      readonly kind: 'total';
      readonly inputs: readonly TotalInput[];
      readonly base: { readonly sum: number; readonly size: number };
      readonly gives: (sum: number, size: number) => boolean;
    };

/** A value of an aggregate as an interval of a threshold chain: chain[low] and not chain[high + 1]. */
export interface Interval {
  /** Thresholds by index; `undefined` where the threshold is certain (below) or impossible (past the end). */
  readonly chain: readonly (AtomId | undefined)[];
  readonly index: number;
}

/** Where a fact atom comes from. */
export interface FactKey {
  readonly relation: number;
  readonly tuple: number;
  readonly tick: number;
}

/**
 * One row of the promise: literals of its `pre` and `post` facts; a number is a literal, true/false is decided. A row
 * of `never` is one that asks for what never is.
 */
export interface PromiseRow {
  readonly pre: GroundLiteral | boolean;
  readonly post: GroundLiteral | boolean;
  /** Tuple id of the row as a `post` row, or -1 if it can never be one. */
  readonly row: number;
  /** Tick of a row of `never`. */
  readonly tick?: number;
}

export class Ground {
  readonly definitions: Definition[] = [];
  /** Fact of an atom, if it is one. */
  readonly facts: (FactKey | undefined)[] = [];
  /** Component number of atoms on a same-tick cycle, else undefined. */
  readonly componentOf = new Map<AtomId, number>();
  /** Members of each component. */
  readonly components: AtomId[][] = [];
  readonly intervals = new Map<AtomId, Interval>();
  /** The promise, row by row. */
  promise: readonly PromiseRow[] = [];
  /** Positions of the rules that have an instance. */
  readonly fired = new Set<number>();
  /** The last tick at which some instance sends a message to another node; 0 if none ever does. */
  lastSent = 0;
  /** Most messages that may be in one slot, of those in which messages have fates of their own. */
  mostInSlot = 0;
  /** Rule instances kept. */
  instances = 0;
  private readonly certain = new Set<AtomId>();
  private readonly leaves = new Map<Formula, AtomId>();
  private readonly disjunctions = new Sequences();
  private readonly disjunctionAtoms: AtomId[] = [];

  /** @param circuit where the leaves' formulas live */
  constructor(private readonly circuit: Circuit) {}

  get size(): number {
    return this.definitions.length;
  }

  isCertain(atom: AtomId): boolean {
    return this.certain.has(atom);
  }

  markCertain(atom: AtomId): void {
    this.certain.add(atom);
  }

  add(definition: Definition, fact?: FactKey): AtomId {
    this.definitions.push(definition);
    this.facts.push(fact);
    return this.definitions.length - 1;
  }

  /** The atom of a leaf formula, one per formula. */
  leaf(formula: Formula, crash = false): AtomId {
    let atom = this.leaves.get(formula);
    if (atom === undefined) {
      atom = this.add({ kind: 'leaf', formula, crash });
      this.leaves.set(formula, atom);
      if (formula === TRUE) this.markCertain(atom);
    }
    return atom;
  }

  /**
   * The atom 'one of these atoms is true'; the atom itself if there is one. None of them may be certain. Of leaves it
   * is a leaf again: what explains 'x crashed at some tick' is not the one tick of this run.
   */
  some(atoms: readonly AtomId[]): AtomId {
    if (atoms.length === 1) return atoms[0] as AtomId;
    const leaves = atoms.map((atom) => this.definitions[atom]).filter((definition) => definition?.kind === 'leaf');
    if (leaves.length === atoms.length)
      return this.leaf(
        this.circuit.or(leaves.map(({ formula }) => formula)),
        leaves.some(({ crash }) => crash),
      );
    const sorted = sortSigned([...atoms]);
    const id = this.disjunctions.intern(sorted);
    if (id === this.disjunctionAtoms.length)
      this.disjunctionAtoms.push(this.add({ kind: 'bodies', bodies: sorted.map((atom) => [positive(atom)]) }));
    return this.disjunctionAtoms[id] as AtomId;
  }

  /** The bodies of an atom defined by bodies. */
  bodies(atom: AtomId): Body[] {
    const definition = this.definitions[atom];
    return definition?.kind === 'bodies' ? definition.bodies : [];
  }

  /**
   * The atom that an atom is true together with, because its only body is that atom; itself otherwise. Of finished
   * strata only.
   */
  alias(atom: AtomId): AtomId {
    let found = atom;
    for (;;) {
      const [body, ...others] = this.bodies(found);
      if (!body || others.length > 0 || body.length !== 1 || (body[0] as number) < 0) return found;
      found = atomOf(body[0] as number);
    }
  }

  /** Adds a body; duplicates are the caller's business. */
  addBody(atom: AtomId, body: Body): void {
    this.bodies(atom).push(body);
    this.instances++;
  }

  setBodies(atom: AtomId, bodies: Body[]): void {
    const definition = this.definitions[atom];
    if (definition?.kind !== 'bodies') return;
    this.instances += bodies.length - definition.bodies.length;
    definition.bodies = bodies;
  }
}

/** Sorted, without duplicates and without certain literals; undefined if it contradicts itself. */
export function normalBody(literals: readonly GroundLiteral[], isCertain: (atom: AtomId) => boolean): Body | undefined {
  const kept: GroundLiteral[] = [];
  for (const literal of literals)
    if (!isCertain(atomOf(literal))) kept.push(literal);
    else if (literal < 0) return undefined;
  let length = 0;
  for (const literal of sortSigned(kept)) {
    const last = kept[length - 1];
    if (length > 0 && last === -literal) return undefined;
    if (length === 0 || last !== literal) kept[length++] = literal;
  }
  kept.length = length;
  return kept;
}
