/**
 * Every spec that holds has a certificate that is checked, and refused where what stands around it was spoiled. Spoiled
 * in seven ways, trees are taken to a spec that breaks, as brute force says: there none of them proves anything. Taken
 * to the spec itself, any tree that is accepted is a proof: whatever the tree, its leaves are all scenarios.
 */
import { describe, expect, it } from 'vitest';
import { getOrMake } from '../../src/core/memo.js';
import { prng } from '../../src/core/prng.js';
import { whenDone } from '../../src/core/work.js';
import type { Scenario } from '../../src/faults/fault.js';
import { boundsText, certificateFromJson, certificateToJson } from '../../src/verify/certificate.js';
import type { Tree, Verifier } from '../../src/verify/tree.js';
import { flawOfCertificate } from '../../src/verify/verify.js';
import { Worlds } from '../../src/verify/worlds.js';
import { allWithin } from '../reference/cubes.js';
import { naiveRun } from '../reference/naive.js';
import { sized } from '../size.js';
import { SPOILED, TEXTS } from './corrupt.js';
import { type Certifiable, hostsAt, MENDED, MODULES, programAt, programs, protocolsAt, verifierOf } from './specs.js';

/** What is wrong with a certificate as text, if something is. */
async function flawOf(text: string, verifier: Verifier): Promise<string | undefined> {
  const read = certificateFromJson(text);
  if ('problem' in read) return read.problem;
  const [certified] = read.certificate.checks;
  return certified && whenDone(flawOfCertificate(verifier, certified));
}

const textOf = ({ name, bounds }: Certifiable, tree: Tree): string =>
  certificateToJson({ spec: '', checks: [{ name, bounds: boundsText(bounds), tree }] });

/** What is made of a spec, once. */
const trees = new Map<string, Promise<Tree>>();
const treeOf = (spec: Certifiable): Promise<Tree> => getOrMake(trees, spec.name, () => whenDone(spec.certify()));

/** Its certificate is a proof, and none any more if what stands around the tree is spoiled. */
async function tryTexts(spec: Certifiable): Promise<void> {
  const verifier = spec.verifier();
  const tree = await treeOf(spec);
  const text = textOf(spec, tree);
  expect(await flawOf(text, verifier), spec.name).toBeUndefined();
  for (const [way, spoil] of Object.entries(TEXTS)) {
    const spoiled = spoil(text);
    if (spoiled !== text) expect(await flawOf(spoiled, verifier), `${spec.name}: ${way}`).toBeDefined();
  }
  const unknown = SPOILED['an unknown variable']?.(tree, prng(1), verifier.scope.variables.length) ?? 0;
  if (tree !== 0) expect(await flawOf(textOf(spec, unknown), verifier)).toContain('variable');
}

/** The tree proves nothing of a spec that breaks within the same bounds, nor does what is made of it by spoiling. */
async function tryBroken(spec: Certifiable, verifier: Verifier): Promise<void> {
  const tree = await treeOf(spec);
  expect(await flawOf(textOf(spec, tree), verifier), spec.name).toBeDefined();
  const random = prng(JSON.stringify(tree).length);
  for (const [way, spoil] of Object.entries(SPOILED))
    for (let i = 0; i < sized(20); i++) {
      const text = textOf(spec, spoil(tree, random, verifier.scope.variables.length));
      expect(await flawOf(text, verifier), `${spec.name}: ${way}: ${text}`).toBeDefined();
    }
}

/** Scenarios up to which brute force is asked. */
const MOST = 3_000;

describe('Dedalus specs that hold', () => {
  it.each(programs().map((spec) => [spec.name, spec] as const))('%s', (_, spec) => tryTexts(spec));
});

describe('protocols that hold', () => {
  it.each(MODULES)('%s', async (path) => {
    for (const spec of await protocolsAt(path)) await tryTexts(spec);
  });
});

/** What a certificate of the mended spec is taken to prove of the one with the bug. */
describe('a spec that was changed', () => {
  const twins = [...new Set(programs().map(({ name }) => name.split(' ')[0] ?? ''))].filter((it) =>
    it.includes('-fixed'),
  );
  let count = 0;
  it.each(twins)('%s', async (path) => {
    const broken = programAt(path.replace('-fixed', ''));
    for (const spec of programs().filter(({ name }) => name.startsWith(`${path} `))) {
      const scenarios = allWithin(spec.bounds, MOST);
      if (!scenarios?.some((it) => naiveRun(broken, spec.bounds, it).outcome.kind === 'violated')) continue;
      await tryBroken(spec, new Worlds(broken, spec.bounds));
      count++;
    }
  });
  it('breaks, of most of them', () => {
    expect(count).toBeGreaterThan(twins.length / 2);
  });
});

describe('a protocol that was changed', () => {
  let count = 0;
  it.each(Object.entries(MENDED))('%s', async (mended, bug) => {
    const [host] = await hostsAt(`specs/typescript/${bug}.ts`);
    for (const spec of await protocolsAt(`specs/typescript/${mended}.ts`)) {
      const { bounds } = spec;
      const run = async (scenario: Scenario) =>
        (await host?.run({ bounds, scenario, traced: false, reading: 'none', always: 'none' }))?.outcome.kind;
      let isViolated = false;
      for (const scenario of allWithin(bounds, MOST) ?? []) isViolated ||= (await run(scenario)) === 'violated';
      if (!isViolated || !host) continue;
      await tryBroken(spec, verifierOf(host, bounds));
      count++;
    }
  });
  it('breaks, of most of them', () => {
    expect(count).toBeGreaterThan(Object.keys(MENDED).length / 2);
  });
});
