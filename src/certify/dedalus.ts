/**
 * The certificate of a Dedalus spec: a tree grown from total lineage.
 */
import type { Work } from '../core/work.js';
import type { DedalusSystem } from '../lineage/ground/system.js';
import { totalLineage } from '../lineage/ground/total-lineage.js';
import type { Tree, Verifier } from '../verify/tree.js';
import { Grower } from './grow.js';
import { Guide } from './guide.js';
import { LineageOracle } from './lineage-oracle.js';

/**
 * Grows the tree of a spec that holds within the bounds of its system; yields now and then.
 * @param verifier of the same program and bounds
 * @throws LdfiError 'limit-certificate', 'limit-ground'
 */
export function* certifyProgram(
  system: DedalusSystem,
  verifier: Verifier,
  mostLeaves: number,
): Work<Tree, number | undefined> {
  const cone = yield* silently(system.cone());
  const { grounded, units, promise } = cone;
  const { holds } = yield* silently(totalLineage(system.space.circuit, grounded, units, promise));
  const leaves = grounded.definitions.flatMap((definition) => (definition.kind === 'leaf' ? [definition.formula] : []));
  const oracle = new LineageOracle(system.space, verifier.scope, holds, leaves);
  const guide = new Guide(verifier.scope, system.schema, cone, oracle);
  return yield* new Grower({ oracle, verifier, guide: (path) => guide.choose(path), mostLeaves }).grow();
}

function* silently<T>(work: Generator<unknown, T>): Generator<undefined, T> {
  let step = work.next();
  for (; !step.done; step = work.next()) yield undefined;
  return step.value;
}
