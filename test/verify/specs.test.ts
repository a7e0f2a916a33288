/**
 * Every spec that holds has a certificate that is checked; spoiled in ten ways it is refused, or is a proof all the same.
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
    const random = prng(tree === 0 ? 0 : JSON.stringify(tree).length);
    for (const [way, spoil] of Object.entries(SPOILED))
      for (let i = 0; i < sized(5); i++) {
        const spoiled = spoil(tree, random, verifier.scope.variables.length);
        if (way === 'an unknown variable' && tree !== 0)
          expect(await flawOf(textOf(spec, spoiled), verifier)).toContain('variable');
        // What is accepted is a proof: the promise does hold, and a checker that is asked anew says so again.
        else if (JSON.stringify(spoiled) !== JSON.stringify(tree) && !(await whenDone(flawIn(verifier, spoiled))))
          expect(await flawOf(textOf(spec, spoiled), spec.verifier()), way).toBeUndefined();
      }
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
  it.each(twins)('%s', async (path) => {
    const broken = programAt(path.replace('-fixed', ''));
    for (const spec of programs().filter(({ name }) => name.startsWith(`${path} `))) {
      const { bounds } = spec;
      const scenarios = allWithin(bounds, 3_000);
      const isViolated = scenarios?.some((it) => naiveRun(broken, bounds, it).outcome.kind === 'violated');
      const tree = await whenDone(spec.certify());
      const flaw = await whenDone(flawIn(new Worlds(broken, bounds), tree));
      if (isViolated) expect(flaw, spec.name).toBeDefined();
    }
  });
});
