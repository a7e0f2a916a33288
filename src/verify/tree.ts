/**
 * The tree of a certificate, and whether it proves what it is there to prove.
 *
 * `0` is a leaf, `[decision, if it is false, if it is true]` a branch: on a variable of the faults, by its number, or on
 * a fact, `[tick, relation, ...row]`. The way to a leaf is a cube of scenarios; all cubes together are all scenarios,
 * whatever the tree. At each leaf the promise must be kept for certain.
 */
import type { Value } from '../core/value.js';
import type { Work } from '../core/work.js';
import { Cube, type Scope } from '../faults/cubes/cube.js';
import { keyOf } from '../faults/kinds.js';

/** That a fact holds at a tick. */
export type FactAt = readonly [tick: number, relation: string, ...row: Value[]];
export type Decision = number | FactAt;
export type Tree = 0 | readonly [decision: Decision, ifFalse: Tree, ifTrue: Tree];

/** What is decided on the way to a leaf: values of variables, and whether facts hold, by `keyOf`. */
export interface Path {
  readonly variables: ReadonlyMap<number, boolean>;
  readonly facts: ReadonlyMap<string, boolean>;
}

export const ROOT: Path = { variables: new Map(), facts: new Map() };

/** The way on, if a decision falls so; undefined if it has fallen otherwise. */
export function along({ variables, facts }: Path, decision: Decision, is: boolean): Path | undefined {
  const isFree = (known = is): boolean => known === is;
  if (typeof decision === 'number')
    return isFree(variables.get(decision)) ? { variables: new Map(variables).set(decision, is), facts } : undefined;
  const fact = keyOf(decision);
  return isFree(facts.get(fact)) ? { variables, facts: new Map(facts).set(fact, is) } : undefined;
}

/** What checks certificates of one system within bounds. */
export interface Verifier {
  readonly scope: Scope;
  /** Whether no scenario of a cube in which facts are as decided breaks the promise; false if that cannot be told. */
  keeps(cube: Cube, facts?: Path['facts']): Work<boolean, undefined>;
  /** Whether anything may be promised in the cube that was asked about last and keeps it. */
  readonly isPromising: boolean;
}

/**
 * Checks a tree leaf by leaf; yields how many leaves are done.
 * @param tree with no variable that the scope does not have
 * @returns the way to a leaf at which the promise may break; 'vacuous' if nothing is promised in any scenario; undefined
 *   if the tree is a proof
 */
export function* flawIn(verifier: Verifier, tree: Tree): Work<Path | 'vacuous' | undefined, number | undefined> {
  const waiting: [at: Tree, path: Path | undefined][] = [[tree, ROOT]];
  let [leaves, isPromising] = [0, false];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [at, path] = next;
    // Where a decision has fallen before, only one side has scenarios.
    if (!path) continue;
    if (at !== 0) {
      for (const is of [true, false]) waiting.push([is ? at[2] : at[1], along(path, at[0], is)]);
      continue;
    }
    const cube = new Cube(verifier.scope, path.variables);
    if (!cube.isEmpty) {
      if (!(yield* verifier.keeps(cube, path.facts))) return path;
      isPromising ||= verifier.isPromising;
    }
    yield ++leaves;
  }
  return isPromising ? undefined : 'vacuous';
}
