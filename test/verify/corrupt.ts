/**
 * Ten ways to spoil a certificate. What comes of each is to be refused, or is a proof all the same.
 */
import type { Tree } from '../../src/verify/tree.js';

type Random = (bound: number) => number;
type Branch = Exclude<Tree, 0>;

/** Ways to every branch: how the decisions before it fall. */
function branches(tree: Tree, way: readonly boolean[] = []): (readonly boolean[])[] {
  if (tree === 0) return [];
  return [way, ...branches(tree[1], [...way, false]), ...branches(tree[2], [...way, true])];
}

/** The tree with something else at the end of a way. */
function changed(tree: Tree, way: readonly boolean[], change: (at: Branch) => Tree): Tree {
  if (tree === 0) return tree;
  const [is, ...rest] = way;
  if (is === undefined) return change(tree);
  const [decision, ifFalse, ifTrue] = tree;
  return is ? [decision, ifFalse, changed(ifTrue, rest, change)] : [decision, changed(ifFalse, rest, change), ifTrue];
}

const anywhere =
  (change: (at: Branch, random: Random, variables: number) => Tree) =>
  (tree: Tree, random: Random, variables: number): Tree => {
    const ways = branches(tree);
    return changed(tree, ways[random(ways.length)] ?? [], (at) => change(at, random, variables));
  };

/** Ways that change the tree. */
export const SPOILED: Readonly<Record<string, (tree: Tree, random: Random, variables: number) => Tree>> = {
  'a literal dropped': anywhere(([, ifFalse, ifTrue], random) => (random(2) === 0 ? ifFalse : ifTrue)),
  'a branch cut off': anywhere(() => 0),
  'an empty cube added': anywhere(([decision, ifFalse, ifTrue]) => [decision, [decision, ifFalse, 0], ifTrue]),
  'sides exchanged': anywhere(([decision, ifFalse, ifTrue]) => [decision, ifTrue, ifFalse]),
  'another variable': anywhere(([, ifFalse, ifTrue], random, variables) => [random(variables), ifFalse, ifTrue]),
  'an unknown variable': anywhere(([, ifFalse, ifTrue], _, variables) => [variables, ifFalse, ifTrue]),
  'a fact that never is': anywhere(([, ifFalse, ifTrue]) => [[1, 'there_is_no_such_relation', 'x'], ifFalse, ifTrue]),
};

/** Ways that change what stands around it, as text. */
export const TEXTS: Readonly<Record<string, (text: string) => string>> = {
  'bounds edited': (text) => text.replace(/"eot":(\d+)/, (_, eot: string) => `"eot":${Number(eot) + 1}`),
  'nodes permuted': (text) =>
    text.replace(/"nodes":(\[[^\]]*\])/, (_, list: string) => `"nodes":${JSON.stringify(JSON.parse(list).reverse())}`),
  'cut off': (text) => text.slice(0, Math.floor(text.length * 0.7)),
};
