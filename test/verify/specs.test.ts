/**
 * Every spec that holds has a certificate that is checked, and refused where what stands around it was spoiled. Spoiled
 * in seven ways, trees are taken to a spec that breaks, as brute force says: there none of them proves anything.
 */
import { describe, expect, it } from 'vitest';
import { prng } from '../../src/core/prng.js';
import { whenDone } from '../../src/core/work.js';
import { boundsText, certificateFromJson, certificateToJson } from '../../src/verify/certificate.js';
import { flawIn, type Tree, type Verifier } from '../../src/verify/tree.js';
import { flawOfCertificate } from '../../src/verify/verify.js';
import { Worlds } from '../../src/verify/worlds.js';
import { allWithin } from '../reference/cubes.js';
import { naiveRun } from '../reference/naive.js';
import { sized } from '../size.js';
import { SPOILED, TEXTS } from './corrupt.js';
import { type Certifiable, MODULES, programAt, programs, protocolsAt } from './specs.js';

/** What is wrong with a certificate as text, if something is. */
async function flawOf(text: string, verifier: Verifier): Promise<string | undefined> {
  const read = certificateFromJson(text);
  if ('problem' in read) return read.problem;
  const [certified] = read.certificate.checks;
  return certified && whenDone(flawOfCertificate(verifier, certified));
}

const textOf = ({ name, bounds }: Certifiable, tree: Tree): string =>
  certificateToJson({ spec: '', checks: [{ name, bounds: boundsText(bounds), tree }] });

describe('Dedalus specs that hold', () => {
  it.each(programs().map((spec) => [spec.name, spec] as const))('%s', async (_, spec) => {
    const verifier = spec.verifier();
    const tree = await whenDone(spec.certify());
    expect(await flawOf(textOf(spec, tree), verifier)).toBeUndefined();
    for (const [way, spoil] of Object.entries(TEXTS)) {
      const spoiled = spoil(textOf(spec, tree));
      if (spoiled !== textOf(spec, tree)) expect(await flawOf(spoiled, verifier), way).toBeDefined();
    }
    const unknown = SPOILED['an unknown variable']?.(tree, prng(1), verifier.scope.variables.length) ?? 0;
    if (tree !== 0) expect(await flawOf(textOf(spec, unknown), verifier)).toContain('variable');
  });
});

describe('protocols that hold', () => {
  it.each(MODULES)('%s', async (path) => {
    for (const spec of await protocolsAt(path)) {
      const verifier = spec.verifier();
      const tree = await whenDone(spec.certify());
      expect(await flawOf(textOf(spec, tree), verifier), spec.name).toBeUndefined();
    }
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
      const { bounds } = spec;
      const scenarios = allWithin(bounds, 3_000);
      const isViolated = scenarios?.some((it) => naiveRun(broken, bounds, it).outcome.kind === 'violated');
      if (!isViolated) continue;
      const tree = await whenDone(spec.certify());
      const verifier = new Worlds(broken, bounds);
      expect(await whenDone(flawIn(verifier, tree)), spec.name).toBeDefined();
      const random = prng(JSON.stringify(tree).length);
      for (const [way, spoil] of Object.entries(SPOILED))
        for (let i = 0; i < sized(20, 3); i++) {
          const spoiled = spoil(tree, random, verifier.scope.variables.length);
          const text = textOf(spec, spoiled);
          expect(await flawOf(text, verifier), `${spec.name}: ${way}: ${text}`).toBeDefined();
        }
      count++;
    }
  });
  it('breaks, of most of them', () => {
    expect(count).toBeGreaterThan(twins.length / 2);
  });
});
