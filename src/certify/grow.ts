/**
 * Grows the tree of a certificate: a decision over the variables that matter, until no branch can break the promise.
 *
 * Lineage gives reasons: few values that keep the promise in some scenario, and in all others that have them. A branch
 * is taken on the variable that settles the reasons still open soonest (largest sum of 2^-|values open|); where no
 * reason is left, a scenario gives another one. So a tree of cubes need not be known before it is built.
 */
import { Cube, type Scope, type Truth } from '../faults/cubes/cube.js';
import type { IsKept, Path, Tree } from '../verify/tree.js';
import type { LineageOracle } from './lineage-oracle.js';

/** Values that keep the promise together. */
type Reason = ReadonlyMap<number, boolean>;

export interface Grown {
  readonly tree: Tree;
  readonly leaves: number;
}

/** Thrown where the promise is not kept, or the tree would be too large. */
export class CannotGrow extends Error {}

export class Grower {
  private readonly reasons: Reason[] = [];
  private leaves = 0;

  constructor(
    private readonly scope: Scope,
    private readonly oracle: LineageOracle,
    private readonly isKept: IsKept,
    private readonly most: number,
  ) {}

  /** Yields how many leaves there are. */
  *grow(path: Path = new Map()): Generator<number, Tree> {
    const cube = new Cube(this.scope, path);
    if (cube.isEmpty || (this.oracle.isKept(cube) && this.isKept(cube))) {
      if (++this.leaves > this.most) throw new CannotGrow(`more than ${this.most} leaves`);
      yield this.leaves;
      return 0;
    }
    const variable = this.choose(cube, path);
    const ifFalse = yield* this.grow(new Map(path).set(variable, false));
    return [variable, ifFalse, yield* this.grow(new Map(path).set(variable, true))];
  }

  private choose(cube: Cube, path: Path): number {
    const truths = this.scope.variables.map((faults) => cube.some(faults));
    const best = this.best(truths);
    if (best !== undefined) return best;
    const reason = this.newReason(path, truths);
    this.reasons.push(reason);
    const found = this.best(truths) ?? truths.indexOf(0);
    if (found < 0) throw new CannotGrow('the promise is not kept in a scenario');
    return found;
  }

  /** The open variable that settles most of what is open. */
  private best(truths: readonly Truth[]): number | undefined {
    const scores = new Map<number, number>();
    for (const reason of this.reasons) {
      const values = [...reason];
      if (values.some(([variable, value]) => truths[variable] === (value ? -1 : 1))) continue;
      const open = values.filter(([variable]) => truths[variable] === 0);
      for (const [variable] of open) scores.set(variable, (scores.get(variable) ?? 0) + 2 ** -open.length);
    }
    let best: number | undefined;
    for (const [variable, score] of scores) {
      const most = best === undefined ? 0 : (scores.get(best) ?? 0);
      if (score > most || (score === most && best !== undefined && variable < best)) best = variable;
    }
    return best;
  }

  /** What keeps the promise in a scenario with no more faults than the path asks for. */
  private newReason(path: Path, truths: readonly Truth[]): Reason {
    const values = new Map(path);
    for (const [variable, truth] of truths.entries()) values.set(variable, truth === 1);
    let one = new Cube(this.scope, values);
    if (one.isEmpty) one = this.some(path);
    const reason = this.oracle.reason(one);
    if (!reason) throw new CannotGrow('the promise is not kept in a scenario');
    return this.shrunk(reason);
  }

  /** A cube of one scenario of a path, variable by variable. */
  private some(path: Path): Cube {
    let cube = new Cube(this.scope, path);
    const values = new Map(path);
    for (const [variable, faults] of this.scope.variables.entries()) {
      if (cube.some(faults) !== 0) continue;
      const without = new Cube(this.scope, values.set(variable, false));
      cube = without.isEmpty ? new Cube(this.scope, values.set(variable, true)) : without;
    }
    return cube;
  }

  /** Without the values that are not needed, those of faults first. */
  private shrunk(reason: Reason): Reason {
    const left = new Map(reason);
    const isEnough = (values: Reason): boolean => this.oracle.isKept(new Cube(this.scope, values));
    if (!isEnough(left)) return left;
    for (const [variable] of [...reason].sort(([, a], [, b]) => Number(b) - Number(a))) {
      const without = new Map(left);
      without.delete(variable);
      if (isEnough(without)) left.delete(variable);
    }
    return left;
  }
}
