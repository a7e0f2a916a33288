/**
 * Grows the tree of a certificate: a decision over the variables that matter, until no branch can break the promise.
 *
 * Lineage gives reasons: few values that keep the promise in some scenario, and in all others that have them. A branch
 * is taken on the variable that settles the reasons still open soonest (largest sum of 2^-|values open|); where no
 * reason is left, a scenario gives another one. So a tree of cubes need not be known before it is built.
 */
import { bug, LdfiError } from '../core/invariant.js';
import type { Work } from '../core/work.js';
import { Cube, type Scope, type Truth } from '../faults/cubes/cube.js';
import { along, type Decision, type Path, ROOT, type Tree, type Verifier } from '../verify/tree.js';
import type { LineageOracle } from './lineage-oracle.js';

/** Values that keep the promise together. */
type Reason = ReadonlyMap<number, boolean>;

export interface Means {
  readonly oracle: LineageOracle;
  /** It has the last word. */
  readonly verifier: Verifier;
  /** What to decide where lineage is sure and the checker is not. */
  guide(path: Path): Work<Decision | undefined, undefined>;
  /** How many leaves the tree may have. */
  readonly mostLeaves: number;
}

export class Grower {
  private readonly reasons: Reason[] = [];
  private leaves = 0;

  constructor(private readonly means: Means) {}

  private get scope(): Scope {
    return this.means.verifier.scope;
  }

  /** Yields how many leaves there are, after each. @throws LdfiError 'limit-certificate' */
  *grow(path: Path = ROOT): Work<Tree, number | undefined> {
    const { oracle, verifier, mostLeaves } = this.means;
    const cube = new Cube(verifier.scope, path.variables);
    const isKnown = cube.isEmpty || oracle.isKept(cube);
    if (cube.isEmpty || (isKnown && (yield* verifier.keeps(cube, path.facts)))) {
      yield ++this.leaves;
      return 0;
    }
    if (this.leaves >= mostLeaves)
      throw new LdfiError('limit-certificate', `the certificate would have more than ${mostLeaves} leaves`);
    const decision = isKnown ? yield* this.decide(cube, path) : this.choose(cube, path);
    const branches: Tree[] = [];
    for (const is of [false, true]) {
      const way = along(path, decision, is);
      branches.push(way ? yield* this.grow(way) : 0);
    }
    return [decision, branches[0] as Tree, branches[1] as Tree];
  }

  /** Where the promise is kept. */
  private *decide(cube: Cube, path: Path): Work<Decision, undefined> {
    const decision = (yield* this.means.guide(path)) ?? this.truths(cube).indexOf(0);
    if (decision === -1) throw bug('the checker can tell what becomes of one scenario');
    return decision;
  }

  private truths(cube: Cube): Truth[] {
    return this.scope.variables.map((faults) => cube.some(faults));
  }

  private choose(cube: Cube, path: Path): number {
    const truths = this.truths(cube);
    const best = this.best(truths);
    if (best !== undefined) return best;
    this.reasons.push(this.newReason(path, truths));
    const found = this.best(truths) ?? truths.indexOf(0);
    if (found < 0) throw bug('a certificate is made where the promise holds');
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
    let best: readonly [number, number] | undefined;
    for (const [variable, score] of scores)
      if (!best || score > best[1] || (score === best[1] && variable < best[0])) best = [variable, score];
    return best?.[0];
  }

  /** What keeps the promise in a scenario with no more faults than the path asks for. */
  private newReason({ variables }: Path, truths: readonly Truth[]): Reason {
    let values = new Map([...truths.map((truth, variable) => [variable, truth === 1] as const), ...variables]);
    if (new Cube(this.scope, values).isEmpty) values = this.some(variables);
    const reason = this.means.oracle.reason(new Cube(this.scope, values));
    if (!reason) throw bug('a certificate is made where the promise holds');
    return this.shrunk(this.isEnough(reason) ? reason : values);
  }

  /** The values of all variables in a scenario in which some have given ones. */
  private some(given: ReadonlyMap<number, boolean>): Map<number, boolean> {
    const { scope } = this;
    const values = new Map(given);
    let cube = new Cube(scope, values);
    for (const [variable, faults] of scope.variables.entries()) {
      if (cube.some(faults) !== 0) continue;
      const without = new Cube(scope, values.set(variable, false));
      cube = without.isEmpty ? new Cube(scope, values.set(variable, true)) : without;
    }
    return values;
  }

  private isEnough(values: Reason): boolean {
    return this.means.oracle.isKept(new Cube(this.scope, values));
  }

  /** Without the values that are not needed, those of faults first. */
  private shrunk(reason: Reason): Reason {
    const left = new Map(reason);
    for (const [variable] of [...reason].sort(([, a], [, b]) => Number(b) - Number(a))) {
      const without = new Map(left);
      without.delete(variable);
      if (this.isEnough(without)) left.delete(variable);
    }
    return left;
  }
}
