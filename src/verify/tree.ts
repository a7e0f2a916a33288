/**
 * The tree of a certificate, and whether it proves what it is there to prove.
 *
 * `0` is a leaf, `[variable, if it is false, if it is true]` a branch. The way to a leaf is a cube of scenarios; all
 * cubes together are all scenarios, whatever the tree. At each leaf the promise must be kept for certain.
 */
import { Cube, type Scope } from '../faults/cubes/cube.js';

export type Tree = 0 | readonly [variable: number, ifFalse: Tree, ifTrue: Tree];

/** Values of variables. */
export type Path = ReadonlyMap<number, boolean>;

/** Whether no scenario of a cube breaks the promise; false if that cannot be told. */
export type IsKept = (cube: Cube) => boolean;

/** What is wrong with a tree: the values on the way to a leaf at which the promise may break. */
export type Flaw = Path;

/**
 * Checks a tree leaf by leaf; yields how many leaves are done.
 * @param tree with no variable that the scope does not have
 * @returns undefined if the tree is a proof
 */
export function* check(scope: Scope, isKept: IsKept, tree: Tree): Generator<number, Flaw | undefined> {
  const waiting: { readonly tree: Tree; readonly path: Path }[] = [{ tree, path: new Map() }];
  let leaves = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path } = next;
    if (next.tree !== 0) {
      const [variable, ifFalse, ifTrue] = next.tree;
      // On a way on which it has a value already, only one side has scenarios.
      if (path.get(variable) !== false) waiting.push({ tree: ifTrue, path: new Map(path).set(variable, true) });
      if (path.get(variable) !== true) waiting.push({ tree: ifFalse, path: new Map(path).set(variable, false) });
      continue;
    }
    const cube = new Cube(scope, path);
    if (!cube.isEmpty && !isKept(cube)) return path;
    yield ++leaves;
  }
  return undefined;
}
