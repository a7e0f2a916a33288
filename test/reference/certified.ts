/**
 * Certificates against brute force: one is made and checked exactly where no scenario breaks the promise.
 */
import { certifyProgram } from '../../src/certify/dedalus.js';
import { certifyProtocol } from '../../src/certify/protocol.js';
import { LdfiError } from '../../src/core/invariant.js';
import { prng } from '../../src/core/prng.js';
import { whenDone } from '../../src/core/work.js';
import type { Scenario } from '../../src/faults/fault.js';
import { formatScenario } from '../../src/faults/scenario.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import { LocalHost } from '../../src/protocol/runtime/local-host.js';
import { boundsText, certificateFromJson, certificateToJson, leavesOf } from '../../src/verify/certificate.js';
import { ProtocolWorlds } from '../../src/verify/protocol-worlds.js';
import { flawIn, type Tree, type Verifier } from '../../src/verify/tree.js';
import { Worlds } from '../../src/verify/worlds.js';
import { mixedProtocol, mixedSpec } from './compare-kinds.js';
import { allWithin } from './cubes.js';
import { naiveRun } from './naive.js';
import { protocolOf } from './protocol/compare.js';
import { naively } from './protocol/definition.js';

/** Leaves of the largest certificate. */
const MOST_LEAVES = 5_000;

export interface Certifying {
  readonly isBroken: boolean;
  readonly leaves: number;
  /** Whether its certificate would have too many leaves to be made. */
  readonly isTooLarge: boolean;
  /** What is wrong, if something is. */
  readonly problem: string | undefined;
}

/** Any tree, to be refused where the promise breaks. */
function randomTree(random: (bound: number) => number, variables: number, depth: number): Tree {
  if (depth === 0 || variables === 0 || random(6) === 0) return 0;
  const branch = (): Tree => randomTree(random, variables, depth - 1);
  return [random(variables), branch(), branch()];
}

/** What brute force says: a scenario that breaks the promise, and whether there is one in which something is promised. */
interface Truth {
  readonly broken: Scenario | undefined;
  readonly isPromising: boolean;
}

async function certifying(
  verifier: Verifier,
  { broken, isPromising }: Truth,
  make: () => Promise<Tree>,
  seed: number,
): Promise<Certifying> {
  const of = (problem?: string, leaves = 0): Certifying => ({
    isBroken: broken !== undefined,
    isTooLarge: leaves > MOST_LEAVES,
    leaves,
    problem,
  });
  if (broken === undefined) {
    const tree = await make().catch((error: unknown) => {
      if (error instanceof LdfiError && error.code === 'limit-certificate') return undefined;
      throw error;
    });
    if (tree === undefined) return of(undefined, MOST_LEAVES + 1);
    const text = certificateToJson({
      spec: '',
      checks: [{ name: 'c', bounds: boundsText(verifier.scope.bounds), tree }],
    });
    const read = certificateFromJson(text);
    const [certified] = 'certificate' in read ? read.certificate.checks : [];
    const flaw = certified && (await whenDone(flawIn(verifier, certified.tree)));
    const isRefused = !certified || (flaw && (flaw !== 'vacuous' || isPromising));
    return of(isRefused ? `a certificate is refused: ${JSON.stringify(tree)}` : undefined, leavesOf(tree));
  }
  const random = prng(seed);
  for (const tree of [0 as const, randomTree(random, verifier.scope.variables.length, 5)])
    if (typeof (await whenDone(flawIn(verifier, tree))) !== 'object')
      return of(`${formatScenario(broken)} breaks the promise that ${JSON.stringify(tree)} is taken to prove`);
  const made = await make().then(
    () => 'a certificate is made of what does not hold',
    () => undefined,
  );
  return of(made);
}

function truthOf(
  scenarios: readonly Scenario[] | undefined,
  outcomeOf: (scenario: Scenario) => 'holds' | 'vacuous' | 'violated' | 'no-post',
): Truth | undefined {
  if (!scenarios) return undefined;
  const outcomes = scenarios.map((scenario) => ({ scenario, kind: outcomeOf(scenario) }));
  const broken = outcomes.find(({ kind }) => kind === 'violated')?.scenario;
  return { broken, isPromising: outcomes.some(({ kind }) => kind === 'holds' || kind === 'violated') };
}

/** Undefined if there are more scenarios than `most`. */
export async function certifyRandomProgram(seed: number, mix: string, most: number): Promise<Certifying | undefined> {
  const { program, bounds } = mixedSpec(seed, mix);
  const truth = truthOf(allWithin(bounds, most), (it) => naiveRun(program, bounds, it).outcome.kind);
  const verifier = new Worlds(program, bounds);
  const make = () => whenDone(certifyProgram(new DedalusSystem(program, bounds), verifier, MOST_LEAVES));
  return truth && certifying(verifier, truth, make, seed);
}

export async function certifyRandomProtocol(seed: number, mix: string, most: number): Promise<Certifying | undefined> {
  const draft = mixedProtocol(seed, mix);
  const run = naively(draft);
  const truth = truthOf(allWithin(draft.bounds, most), (it) => run(it).outcome);
  const protocol = protocolOf(draft);
  const verifier = new ProtocolWorlds(new LocalHost(protocol), draft.bounds);
  const make = () => whenDone(certifyProtocol(new ProtocolSystem(protocol, draft.bounds), verifier, MOST_LEAVES));
  return truth && certifying(verifier, truth, make, seed);
}
