/**
 * The certificate of a protocol: a tree grown from what a search of it learned.
 */
import type { Formula } from '../core/circuit.js';
import { type Work, wait } from '../core/work.js';
import { Cube } from '../faults/cubes/cube.js';
import type { ProtocolRun } from '../lineage/learned/run.js';
import type { ProtocolSystem } from '../lineage/learned/system.js';
import type { Lineage, System } from '../lineage/port.js';
import { search } from '../search/search.js';
import { ProtocolWorlds } from '../verify/protocol-worlds.js';
import { along, type Decision, type Path, type Tree } from '../verify/tree.js';
import type { WholeRuns } from '../verify/whole-runs.js';
import { Grower } from './grow.js';
import { LineageOracle } from './lineage-oracle.js';

type ProtocolVerifier = ProtocolWorlds | WholeRuns;

/** How many decisions are looked at. */
const MOST_TRIED = 16;

/**
 * Grows the tree of a protocol that holds within the bounds of its system; yields now and then.
 * @param verifier of the same protocol and bounds
 * @throws LdfiError 'limit-certificate', and what handlers make
 */
export function* certifyProtocol(
  system: ProtocolSystem,
  verifier: ProtocolVerifier,
  mostLeaves: number,
  signal?: AbortSignal,
): Work<Tree, number | undefined> {
  const known = yield* wait(everythingKnown(system, signal));
  const oracle = new LineageOracle(system.space, verifier.scope, known);
  return yield* new Grower({ oracle, verifier, guide: (path) => guided(verifier, path), mostLeaves }).grow();
}

/** The formula of all scenarios of which a search comes to know that they hold. */
async function everythingKnown(system: ProtocolSystem, signal: AbortSignal | undefined): Promise<Formula> {
  const formulas: Formula[] = [];
  const kept = (formula: Formula): Formula => {
    formulas.push(formula);
    return formula;
  };
  const watched: System<ProtocolRun> = {
    space: system.space,
    defect: system.defect,
    run: (scenario) => system.run(scenario),
    behaviour: (run) => system.behaviour(run),
    async *lineage(oracle) {
      const own = yield* system.lineage(oracle);
      kept(own.known);
      const { size, promises, extend } = own;
      const lineage: Lineage<ProtocolRun> = {
        size,
        promises,
        known: own.known,
        get exact() {
          return own.exact;
        },
        learn: async (run, by) => kept(await own.learn(run, by)),
      };
      if (!extend) return lineage;
      const more = async function* () {
        return kept(yield* extend.call(own));
      };
      return Object.assign(lineage, { extend: more });
    },
  };
  for await (const _ of search(watched, signal ? { signal } : {}));
  return system.space.circuit.or(formulas);
}

/** Where what is known says that the promise is kept, and the checker cannot tell: what to decide. */
function* guided(verifier: ProtocolVerifier, path: Path): Work<Decision | undefined> {
  const spread = function* (way: Path | undefined): Work<number> {
    const cube = way && new Cube(verifier.scope, way.variables);
    if (!cube || cube.isEmpty) return 0;
    const kept = yield* silently(verifier.keeps(cube, way.facts));
    return kept ? 0 : verifier instanceof ProtocolWorlds ? 1 + verifier.spread : 1;
  };
  const all = yield* spread(path);
  const cube = new Cube(verifier.scope, path.variables);
  const isOpen = (decision: Decision): boolean =>
    typeof decision !== 'number' || cube.some(verifier.scope.variables[decision] ?? []) === 0;
  const open = verifier.open().filter(isOpen);
  if (!(verifier instanceof ProtocolWorlds)) return open[0];
  let best: { readonly decision: Decision; readonly gain: number } | undefined;
  for (const decision of open.slice(0, MOST_TRIED)) {
    const no = yield* spread(along(path, decision, false));
    const yes = yield* spread(along(path, decision, true));
    const gain = (all + 1 - no) * (all + 1 - yes);
    if (!best || gain > best.gain) best = { decision, gain };
  }
  return best?.decision;
}

/** Work without its steps. */
function* silently<T>(work: Work<T, undefined>): Work<T> {
  let step = work.next();
  while (!step.done) step = work.next(step.value instanceof Promise ? yield step.value : undefined);
  return step.value;
}
