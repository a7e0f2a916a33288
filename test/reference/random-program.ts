/**
 * Random Dedalus programs with bounds, for property tests and long fuzzing. Deterministic in the seed.
 *
 * A program is a few skeletons of realistic protocols, some rule soup over what they leave, a few mutations, and an
 * assertion. Most random assertions say nothing, so the generator draws several and runs each without faults and
 * under a few heavy scenarios (by the reference evaluator), and prefers one that holds without faults and, mostly,
 * breaks with some. Every text it gives is accepted by the front end.
 */
import fc from 'fast-check';
import { prng } from '../../src/core/prng.js';
import { parseProgram } from '../../src/dedalus/load.js';
import type { Program } from '../../src/dedalus/program.js';
import type { Bounds, Fault, Omission } from '../../src/faults/fault.js';
import { assertion } from './generator/assertions.js';
import { Draft, printDraft, printRule, type Random } from './generator/draft.js';
import { mutual, negations, reachability, suspicion, timeout } from './generator/local.js';
import { broadcast, quorum, relay, report, retry, world } from './generator/messages.js';
import { mutate, shuffled } from './generator/mutate.js';
import { soupRule } from './generator/soup.js';
import { type NaiveOutcome, naiveRun } from './naive.js';
import { crashSets, isRedundant, omissions, scenarioCount } from './scenarios.js';

export interface RandomSpec {
  readonly text: string;
  readonly bounds: Bounds;
}

const SKELETONS = [
  broadcast,
  broadcast,
  relay,
  relay,
  retry,
  retry,
  quorum,
  quorum,
  report,
  report,
  reachability,
  reachability,
  mutual,
  mutual,
  timeout,
  suspicion,
  negations,
];

/** How many assertions are tried for one program, and how many programs for one seed. */
const MAX_ASSERTIONS = 14;
const MAX_PROGRAMS = 50;
/** How many programs of a seed are thrown away because no fault seems to matter. */
const MAX_WISHES = 3;

/** The program of a seed. `size` (0, 1, 2 …) is how many skeletons it has; by default one to three. */
export function randomSpec(seed: number, size?: number): RandomSpec {
  for (let attempt = 0; attempt < MAX_PROGRAMS; attempt++) {
    const random = prng(Math.imul(seed, 0x9e3779b1) + Math.imul(attempt, 0x85ebca6b));
    const spec = attemptSpec(random, size, `seed ${seed}`, attempt < MAX_WISHES);
    if (spec !== undefined) return spec;
  }
  throw new Error(`no program for seed ${seed}`);
}

/** Programs by seed for fast-check; shrinks towards fewer skeletons (see `shrinkSpec` for small mismatches). */
export const randomSpecArbitrary: fc.Arbitrary<RandomSpec & { readonly seed: number; readonly size: number }> = fc
  .tuple(fc.noShrink(fc.nat(0x7fffffff)), fc.integer({ min: 0, max: 3 }))
  .map(([seed, size]) => ({ ...randomSpec(seed, size), seed, size }));

function attemptSpec(random: Random, size: number | undefined, title: string, strict: boolean): RandomSpec | undefined {
  const names = nodeNames(random);
  const bounds = randomBounds(random, names.bound);
  const draft = new Draft(random, names.written, bounds.eot);
  const start = world(draft);
  const skeletons = size ?? draft.pick([1, 1, 2, 2, 3]);
  for (let i = 0; i < skeletons; i++) draft.pick(SKELETONS)(start);
  const soup = skeletons === 0 ? 3 : draft.pick([0, 1, 2, 3, 4]);
  for (let i = 0; i < soup; i++) soupRule(draft);
  if (draft.chance(40)) mutate(draft, draft.between(1, 2));
  if (draft.chance(30)) draft.rules = draft.rules.map((rule) => shuffled(draft, rule));
  if (parseProgram(`${printDraft(draft).join('\n')}\n`).program === undefined) return undefined;
  return withAssertion(draft, bounds, title, strict);
}

/**
 * Draws assertions until one is as wished; else takes the best of them, or none if `strict` and faults should matter
 * but do not seem to.
 */
function withAssertion(draft: Draft, bounds: Bounds, title: string, strict: boolean): RandomSpec | undefined {
  const lines = [`// ${title}`, ...printDraft(draft)];
  const wish = draft.pick(WISHES);
  const probes = { heavy: heavyScenarios(draft, bounds), light: lightScenarios(draft, bounds) };
  let best: RandomSpec | undefined;
  let bestScore = -1;
  for (let i = 0; i < MAX_ASSERTIONS && bestScore < (i < 10 ? wish : Math.min(wish, 2)); i++) {
    const drawn = assertion(draft);
    const rules = draft.chance(25) ? drawn.map((rule) => shuffled(draft, rule)) : drawn;
    const text = `${[...lines, ...rules.map(printRule)].join('\n')}\n`;
    const program = parseProgram(text).program;
    if (program === undefined) continue;
    const score = scoreOf(program, bounds, probes, wish);
    if (score > bestScore) [best, bestScore] = [{ text, bounds }, score];
  }
  return strict && wish >= 2 && bestScore < 2 ? undefined : best;
}

interface Probes {
  readonly heavy: readonly (readonly Fault[])[];
  readonly light: readonly (readonly Fault[])[];
}

/** The least score that will do: see `scoreOf`. */
const WISHES = [0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3];

/**
 * 0: no verdict without faults; 1: holds without faults; 2: and many faults break it; 3: and no single one seems to.
 * Nothing beyond `wish` is looked at.
 */
function scoreOf(program: Program, bounds: Bounds, probes: Probes, wish: number): number {
  const kind = (scenario: readonly Fault[]): NaiveOutcome['kind'] => naiveRun(program, bounds, scenario).outcome.kind;
  if (kind([]) !== 'holds') return 0;
  if (wish <= 1) return 1;
  if (!probes.heavy.some((probe) => kind(probe) === 'violated')) return 1;
  return wish === 2 || probes.light.some((probe) => kind(probe) === 'violated') ? 2 : 3;
}

/** All omissions; some crashes with half of the omissions; those crashes alone. */
function heavyScenarios(draft: Draft, bounds: Bounds): Fault[][] {
  const all = omissions(bounds);
  const crashes = draft.pick(crashSets(bounds));
  const half = (): Omission[] => all.filter(() => draft.chance(50));
  return [all, [...crashes, ...half().filter((it) => !isRedundant(it, crashes))], crashes];
}

/** Some single faults. */
function lightScenarios(draft: Draft, bounds: Bounds): Fault[][] {
  const single = [...omissions(bounds).map((it) => [it]), ...crashSets(bounds).filter((it) => it.length === 1)];
  return single.length === 0 ? [] : Array.from({ length: 6 }, () => draft.pick(single));
}

/** Two or three nodes: as written in the program, and as named in the bounds (seldom not the same ones). */
function nodeNames(random: Random): { written: string[]; bound: string[] } {
  const count = random(100) < 45 ? 2 : 3;
  const style = random(100);
  const names = (style < 80 ? ['a', 'b', 'c'] : style < 90 ? ['1', '2', '3'] : ['a', 'b', '7']).slice(0, count);
  const quoted = style < 87 && style >= 84;
  const written = names.map((name) => (/^\d/.test(name) && !quoted ? name : `"${name}"`));
  const odd = random(100);
  const bound = odd < 4 ? names.slice(1) : odd < 8 ? [...names, 'z'] : names;
  return { written, bound: [...bound].sort() };
}

/** Bounds under which brute force is cheap. */
function randomBounds(random: Random, nodes: readonly string[]): Bounds {
  const dice = random(100);
  const most = dice < 75 ? 500 : dice < 92 ? 3000 : 5000;
  for (;;) {
    const eot = 3 + random(4);
    const eff = [1, 2, 2, 3, 3, 3, 3, 4, 4, 4][random(10)] as number;
    const crashes = [0, 0, 1, 1, 2][random(5)] as number;
    const bounds = { eot, eff, crashes, nodes };
    const count = scenarioCount(bounds);
    if (count <= most && (count > 1 || random(10) === 0)) return bounds;
  }
}
