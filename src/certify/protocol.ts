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
const MOST_TRIED = 10;
/** How many that have helped are tried again. */
const MOST_KEPT = 6;

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
  const guide = new ProtocolGuide(verifier);
  return yield* new Grower({ oracle, verifier, guide: (path) => guide.choose(path), mostLeaves }).grow();
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

/**
 * What to decide where what is known says that the promise is kept and the checker cannot tell: that after which least
 * is open, or the first one that settles one side at once. What has helped before is tried first.
 */
class ProtocolGuide {
  private helped: Decision[] = [];

  constructor(private readonly verifier: ProtocolVerifier) {}

  *choose(path: Path): Work<Decision | undefined, undefined> {
    const { verifier } = this;
    const all = yield* this.spread(path);
    const cube = new Cube(verifier.scope, path.variables);
    const isOpen = (decision: Decision): boolean =>
      typeof decision !== 'number' || cube.some(verifier.scope.variables[decision] ?? []) === 0;
    const open = verifier.open().filter(isOpen);
    if (!(verifier instanceof ProtocolWorlds)) return open[0];
    const texts = new Set(open.map((one) => JSON.stringify(one)));
    const known = this.helped.filter((one) => texts.has(JSON.stringify(one)));
    let best: { readonly decision: Decision; readonly gain: number } | undefined;
    for (const decision of [...known, ...open].slice(0, MOST_TRIED)) {
      const no = yield* this.spread(along(path, decision, false));
      const yes = yield* this.spread(along(path, decision, true));
      const gain = (all + 1 - no) * (all + 1 - yes);
      if (!best || gain > best.gain) best = { decision, gain };
      if (Math.min(no, yes) === 0 && Math.max(no, yes) < all) break;
    }
    const chosen = best?.decision;
    if (chosen !== undefined)
      this.helped = [chosen, ...this.helped.filter((one) => one !== chosen)].slice(0, MOST_KEPT);
    return chosen;
  }

  /** How much is open on a way; 0 if nothing can break there. */
  private *spread(way: Path | undefined): Work<number, undefined> {
    const { verifier } = this;
    const cube = way && new Cube(verifier.scope, way.variables);
    if (!cube || cube.isEmpty) return 0;
    const isKept = yield* verifier.keeps(cube, way.facts);
    return isKept ? 0 : verifier instanceof ProtocolWorlds ? 1 + verifier.spread : 1;
  }
}
