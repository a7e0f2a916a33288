/**
 * `ldfi run --certificate` and `ldfi verify`.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batch, folder, ldfi, read } from './support.js';

/** Sent again and again; with `holds` it is enough that one message arrives, and `breaks` has too little time. */
const SPEC = `//! check name=holds eot=5 eff=3 crashes=0 nodes=a,b expect=holds
//! check name=breaks eot=4 eff=4 crashes=0 nodes=a,b expect=violated
include "peers.inc";
log(N, P)@next :- log(N, P);
log(N, P) :- told(N, P);
told(M, P)@async :- log(N, P), peer(N, M);
pre(P) :- log("a", P);
post(P) :- log("b", P);
`;
const PEERS = 'log("a", "p")@1;\npeer("a", "b")@1;\npeer(N, M)@next :- peer(N, M);\n';

const PROTOCOL = `import { defineProtocol } from 'ldfi';
export default defineProtocol({
  name: 'told',
  nodes: ['a', 'b'],
  state: (id) => ({ knows: id === 'a' }),
  actor: () => ({
    init(ctx) { if (ctx.state.knows) ctx.setPeriodic('tell', 1); },
    onTimer(ctx) { ctx.send('b', 'p'); },
    onMessage(ctx) { ctx.state.knows = true; },
  }),
  check: (world) => (world.state('b').knows ? 'holds' : { violated: 'b does not know' }),
  checks: [{ name: 'holds', eot: 6, eff: 3 }, { name: 'breaks', eot: 4, eff: 4, expect: 'violated' }],
});
`;

const files = { 's.ded': SPEC, 'peers.inc': PEERS };

test('a certificate of what holds is written and verified, and the result is one of what breaks', () => {
  const cwd = folder(files);
  const [run, verified, result, quiet, one] = batch(cwd, [
    ['run', 's.ded', '--certificate', 'c.json'],
    ['verify', 'c.json', 's.ded'],
    ['verify', 'reports/s.json', 's.ded'],
    ['verify', 'c.json', 's.ded', '-q'],
    ['verify', 'c.json', 's.ded', '--check', 'breaks'],
  ]);
  expect(run?.code).toBe(1);
  expect(run?.stdout).toContain('Certificate  c.json');
  expect(verified).toMatchObject({ code: 0, stderr: '' });
  expect(verified?.stdout).toMatch(
    /^✓ holds: no scenario breaks the promise; 1 case checked\nNothing is claimed of breaks/,
  );
  expect(result?.code).toBe(0);
  expect(result?.stdout).toMatch(/^✓ breaks: 1 counterexample, each broken, and kept with any one fault less\n/);
  expect(quiet).toMatchObject({ code: 0, stdout: '' });
  expect(one?.code).toBe(1);
  expect(one?.stderr).toContain('claims nothing of what can be verified');
  expect(read(cwd, 'c.json')).toMatch(
    /^\{"certificate":1,"spec":"[0-9a-f]{64}","checks":\[\n\{"name":"holds","bounds":\{/,
  );
  expect(ldfi(cwd, ['verify', 'c.json', 's.ded'], { FORCE_COLOR: '1' }).stdout).toContain(
    '\u001b[32m✓\u001b[39m holds: ',
  );
  const again = ldfi(cwd, ['run', 's.ded', '-q', '--certificate', 'd.json']);
  expect(again.code).toBe(1);
  expect(read(cwd, 'd.json')).toBe(read(cwd, 'c.json'));
});

test('what is to hold and is not certified is not proven', () => {
  const cwd = folder({ ...files, 's.ded': `${SPEC}\n//! check name=more eot=7 eff=2 nodes=a,b expect=holds\n` });
  const [, verified, quiet, one] = batch(cwd, [
    ['run', 's.ded', '-q', '--check', 'holds', '--certificate', 'c.json'],
    ['verify', 'c.json', 's.ded'],
    ['verify', 'c.json', 's.ded', '-q'],
    ['verify', 'c.json', 's.ded', '--check', 'holds'],
  ]);
  const stderr = expect.stringMatching(/^error: more is to hold, and c.json does not prove it: .* with --check\n$/);
  expect(verified).toMatchObject({ code: 3, stderr });
  expect(quiet).toMatchObject({ code: 3, stdout: '', stderr });
  expect(one).toMatchObject({ code: 0, stderr: '' });
});

test('a protocol has one as well', () => {
  const cwd = folder({ 'p.ts': PROTOCOL });
  const [run, verified, result] = batch(cwd, [
    ['run', 'p.ts', '-q', '--certificate', 'c.json'],
    ['verify', 'c.json', 'p.ts'],
    ['verify', 'reports/p.json', 'p.ts'],
  ]);
  expect([run?.stderr, run?.code]).toEqual(['', 1]);
  expect(verified?.stdout).toMatch(/^✓ holds: no scenario breaks the promise; \d+ cases? checked\n/);
  expect([verified?.code, result?.code]).toEqual([0, 0]);
  expect(result?.stdout).toMatch(/^✓ breaks: \d+ counterexamples?, each broken/);
});

test('what proves nothing is refused', () => {
  const cwd = folder({
    ...files,
    'other.ded': SPEC.replace('post(P) :- log("b", P)', 'post(P) :- log("b", P), peer("b", _)'),
  });
  ldfi(cwd, ['run', 's.ded', '-q', '--certificate', 'c.json']);
  const text = read(cwd, 'c.json');
  const spoiled: Record<string, [string, RegExp, number]> = {
    bounds: [text.replace('"eff":3', '"eff":2'), /✗ holds: not proven: it is of other bounds/, 1],
    name: [text.replace('"holds"', '"breaks"'), /✗ breaks: not proven: it is of other bounds/, 1],
    tree: [text.replace('"tree":0', '"tree":[999,0,0]'), /decides on variable 999/, 1],
    shape: [text.replace('"tree":0', '"tree":[0,0]'), /the tree of holds is none/, 2],
    short: [text.slice(0, -20), /it is not JSON; was it cut off\?/, 2],
    strange: [text.replace('"checks"', '"more":1,"checks"'), /it is no certificate/, 2],
    none: [text.replace(/\[\n.*\n\]/, '[]'), /claims nothing/, 1],
  };
  for (const [name, [content]] of Object.entries(spoiled)) writeFileSync(join(cwd, `${name}.json`), content);
  const names = Object.keys(spoiled);
  const results = batch(
    cwd,
    names.map((name) => ['verify', `${name}.json`, 's.ded']),
  );
  for (const [i, name] of names.entries()) {
    const [, says, code] = spoiled[name] as [string, RegExp, number];
    expect(`${results[i]?.stdout}${results[i]?.stderr}`, name).toMatch(says);
    expect(results[i]?.code, name).toBe(code);
  }
  const [other, wrong, missing] = batch(cwd, [
    ['verify', 'c.json', 'other.ded'],
    ['verify', 's.ded', 's.ded'],
    ['verify', 'no.json', 's.ded'],
  ]);
  expect(other?.code).toBe(1);
  expect(other?.stdout).toContain('the certificate is of other files, or of another version of them');
  expect([wrong?.code, missing?.code]).toEqual([2, 2]);
  // Whoever forges the digest as well still has no proof.
  const digest = JSON.parse(read(cwd, 'c.json')).spec;
  ldfi(cwd, ['run', 's.ded', '-q', '--eff', '2', '--certificate', 'o.json']);
  const own = JSON.parse(read(cwd, 'o.json')).spec;
  expect(own).toBe(digest);
});

test('what promises nothing proves nothing, whatever the tree', () => {
  const nothing = SPEC.replace('pre(P) :- log("a", P)', 'pre(P) :- log("a", P), told("a", P), P != P');
  const cwd = folder({ ...files, 'n.ded': nothing });
  ldfi(cwd, ['run', 's.ded', '-q', '--certificate', 'c.json']);
  const digest = createHash('sha256')
    .update(JSON.stringify([nothing, PEERS]))
    .digest('hex');
  writeFileSync(join(cwd, 'n.json'), read(cwd, 'c.json').replace(/[0-9a-f]{64}/, digest));
  const verified = ldfi(cwd, ['verify', 'n.json', 'n.ded']);
  expect(verified.code).toBe(1);
  expect(verified.stdout).toContain('✗ holds: not proven: nothing is promised');
});

test('a result whose counterexample is not minimal, or is none, is refused', () => {
  const cwd = folder(files);
  ldfi(cwd, ['run', 's.ded', '-q']);
  const result = JSON.parse(read(cwd, 'reports/s.json'));
  const [, breaks] = result.checks;
  const write = (name: string, faults: unknown): void =>
    writeFileSync(
      join(cwd, name),
      JSON.stringify({
        ...result,
        checks: [{ ...breaks, counterexamples: [{ ...breaks.counterexamples[0], faults }] }],
      }),
    );
  const all = breaks.counterexamples[0].faults;
  write('less.json', all.slice(1));
  write('more.json', [...all, { kind: 'omission', from: 'b', to: 'a', tick: 1 }]);
  const [less, more] = batch(cwd, [
    ['verify', 'less.json', 's.ded'],
    ['verify', 'more.json', 's.ded'],
  ]);
  expect([less?.code, more?.code]).toEqual([1, 1]);
  expect(less?.stdout).toContain('counterexample 1: the promise is kept');
  expect(more?.stdout).toContain('it is not minimal: b→a@1 is not needed');
});

test('no certificate is written where nothing holds, nor over other files, nor of the other invariant', () => {
  const cwd = folder(files);
  const [none, input, reading] = batch(cwd, [
    ['run', 's.ded', '--check', 'breaks', '--certificate', 'c.json'],
    ['run', 's.ded', '--certificate', 's.ded'],
    ['run', 's.ded', '--certificate', 'c.json', '--invariant', 'reference'],
  ]);
  expect(none?.stderr).toContain('no certificate is written: no check holds');
  expect([none?.code, input?.code, reading?.code]).toEqual([1, 2, 2]);
  expect(read(cwd, 's.ded')).toBe(SPEC);
  expect(reading?.stderr).toContain('a certificate is of the strict invariant');
});
