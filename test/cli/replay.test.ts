import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Result } from '../../src/report/schema.js';
import { batch, folder, ldfi, oneMessage, PACKAGE, read, resultIn, SPECS, STACK } from './support.js';

/** A folder with a result of a violated spec, and more results made from it. */
function recorded(changed: Readonly<Record<string, (result: Result) => unknown>> = {}): string {
  const cwd = folder({ 's.ded': SPECS.violated });
  ldfi(cwd, ['run', 's.ded', '--json', 'o.json']);
  for (const [name, change] of Object.entries(changed)) {
    const copy = resultIn(cwd, 'o.json');
    const made = change(copy) ?? copy;
    writeFileSync(join(cwd, name), typeof made === 'string' ? made : JSON.stringify(made));
  }
  return cwd;
}

test('violated still: 1, with the story', () => {
  const cwd = recorded();
  expect(ldfi(cwd, ['replay', 'o.json'])).toEqual({
    code: 1,
    stderr: '',
    stdout: `loss, counterexample 1 of 1: {a→b@1}
  - what a sends to b at tick 1 is lost

  What happens
    tick 1   ✗ a → b  got("b")  LOST

  pre("b") holds at tick 4, but post("b") does not
✗ still violated
`,
  });
});

test('on the spec as it is now: fixed, fixed elsewhere, promising nothing, broken anyway, broken in itself', () => {
  const cwd = recorded();
  const replayed = (spec: string, ...flags: string[]) => {
    writeFileSync(join(cwd, 's.ded'), spec);
    return ldfi(cwd, ['replay', 'o.json', ...flags]);
  };
  const retrying = SPECS.violated.replace('wanted("b")@1;', 'wanted("b")@1; send(X, Y)@next :- send(X, Y);');
  expect(replayed(retrying)).toMatchObject({ code: 0, stdout: expect.stringContaining('✓ the promise holds in this') });
  writeFileSync(join(cwd, 'fixed.ded'), retrying);
  expect(replayed(SPECS.violated, '--spec', 'fixed.ded').code).toBe(0);
  expect(replayed(SPECS.vacuous)).toMatchObject({ code: 4, stdout: expect.stringContaining('now promises nothing') });
  expect(replayed(SPECS.noPost)).toMatchObject({ code: 4, stdout: expect.stringContaining('no relation `post`') });
  const never = SPECS.violated.replace('got(Y)@async', 'gone(Y)@async');
  expect(replayed(never)).toMatchObject({ code: 1, stdout: expect.stringContaining('and now without any fault too') });
  expect(replayed(SPECS.bad)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('error[') });
});

test("faults of one's own that lie outside the bounds of the check: that is said", () => {
  const cwd = folder({ 's.ded': SPECS.violated });
  const [within, beyond] = batch(cwd, [
    ['replay', 's.ded', '--faults', 'omit a>b@1'],
    ['replay', 's.ded', '--faults', 'omit a>b@1, crash a@2'],
  ]);
  expect(within?.stdout).not.toContain('outside the bounds');
  expect(beyond?.stdout).toContain('outside the bounds of the check, so it is no counterexample, whatever it shows: ');
});

test('which check, which counterexample', () => {
  const cwd = folder();
  const spec = join(PACKAGE, 'specs/commit/2pc.ded');
  writeFileSync(join(cwd, '2pc.ded'), read(spec));
  writeFileSync(join(cwd, 'atomicity.inc'), read(PACKAGE, 'specs/commit/atomicity.inc'));
  writeFileSync(join(cwd, 'loss.ded'), SPECS.violated.replace('name=loss', 'name=loss-and-crash'));
  const [, , one, other, tooMany, greenOne, unknown, ambiguous, full, zero, drawn] = batch(cwd, [
    ['run', '2pc.ded', '--json', 'o.json'],
    ['test', '.', '--json', 't.json'],
    ['replay', 'o.json'],
    ['replay', 'o.json', '--check', 'loss-and-crash', '--counterexample', '3'],
    ['replay', 'o.json', '--counterexample', '3'],
    ['replay', 'o.json', '--check', 'loss-only'],
    ['replay', 'o.json', '--check', 'nope'],
    ['replay', 't.json', '--check', 'loss-and-crash'],
    ['replay', 't.json', '--check', 'loss.ded loss-and-crash'],
    ['replay', 't.json', '--counterexample', '0'],
    ['report', 't.json', '--format', 'dot', '--check', 'loss-and-crash'],
  ]);
  expect(one).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^coordinator-crash, counterexample 1 of 2: \{crash c@2\}/),
  });
  expect(other).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^loss-and-crash, counterexample 3 of 8: \{c→p@1, crash c@4\}/),
  });
  expect(tooMany?.stderr).toBe('error: check "coordinator-crash" has 2 counterexamples; there is no number 3\n');
  expect(greenOne?.stderr).toBe('error: check "loss-only" has no counterexample\n');
  expect(unknown?.stderr).toBe(
    'error: no check is named "nope"; there are: coordinator-crash, early-loss, loss-only, loss-and-crash\n',
  );
  expect(ambiguous?.stderr).toBe(
    'error: 2 checks are named "loss-and-crash"; give the spec too, as in 2pc.ded loss-and-crash, loss.ded loss-and-crash\n',
  );
  // A diagram is of one check, too.
  expect(drawn).toMatchObject({ code: 2, stderr: ambiguous?.stderr });
  expect(full).toMatchObject({ code: 1, stdout: expect.stringContaining('{a→b@1}') });
  expect([tooMany, greenOne, unknown, ambiguous, zero].map((result) => result?.code)).toEqual([2, 2, 2, 2, 2]);
});

type Check = Result['checks'][number];
const change = (edit: (check: Check) => void) => (result: Result) => {
  for (const check of result.checks) edit(check);
};
const withFaults = (...faults: Check['counterexamples'][number]['faults']) =>
  change(({ counterexamples }) => {
    for (const counterexample of counterexamples) counterexample.faults = faults;
  });
const text = (edit: (json: string) => string) => (result: Result) => edit(JSON.stringify(result));

/** What is done to the result, and what stderr must say. */
const SPOILT: Record<string, [(result: Result) => unknown, string]> = {
  'nothing in it': [() => '', 'it is not JSON: Unexpected end of JSON input'],
  truncated: [text((json) => json.slice(0, -20)), 'it is not JSON'],
  'not JSON': [() => 'pre("b")', 'it is not JSON'],
  null: [() => 'null', 'it is not a result of ldfi'],
  'an array': [() => '[]', 'it is not a result of ldfi'],
  'another version': [
    (result) => ({ ...result, schemaVersion: 3 }),
    'its schema version is 3; this ldfi reads versions 1 and 2',
  ],
  'an old form of another version': [() => '{"schemaVersion":0}', 'its schema version is 0'],
  'version as text': [(result) => ({ ...result, schemaVersion: '1' }), 'schemaVersion: Invalid option'],
  'an extra key': [(result) => ({ ...result, extra: 1 }), 'Unrecognized key: "extra"'],
  'an extra key of a fault': [
    text((json) => json.replaceAll('"tick":1', '"tick":1,"tock":2')),
    'Unrecognized key: "tock"',
  ],
  __proto__: [text((json) => json.replace('{', '{"__proto__":{"polluted":1},')), 'Unrecognized key: "__proto__"'],
  'a huge key': [text((json) => json.replace('{', `{"${'x'.repeat(2_000_000)}":1,`)), 'Unrecognized key'],
  'a deep nest': [() => '['.repeat(2_000_000) + ']'.repeat(2_000_000), 'it is not a result of ldfi'],
  'a deep nest of objects': [() => `${'{"a":'.repeat(500_000)}1${'}'.repeat(500_000)}`, 'it is not a result of ldfi'],
  'a deep nest in place': [
    text((json) => json.replace('"checks":[', `"checks":${'['.repeat(500_000)}${']'.repeat(500_000)},"x":[`)),
    'it is not a result of ldfi',
  ],
  'a deep nest, open': [() => '['.repeat(5_000_000), 'it is not JSON'],
  'no check': [(result) => ({ ...result, checks: [] }), 'there is no counterexample in it'],
  'no root': [
    change((check) => {
      check.spec.roots = [];
    }),
    'checks.0.spec.roots',
  ],
  'another spec': [
    change((check) => {
      check.spec.roots = ['gone.ded'];
    }),
    '--spec names it anew',
  ],
  'a tick of 1.5': [withFaults({ kind: 'crash', node: 'a', tick: 1.5 }), 'expected int'],
  'another kind': [text((json) => json.replaceAll('"omission"', '"delay"')), 'it is not a result of ldfi'],
  'an unknown node': [
    withFaults({ kind: 'omission', from: 'a', to: 'z', tick: 1 }),
    'a→z@1: "z" is not one of the nodes',
  ],
  'a loss after eff': [withFaults({ kind: 'omission', from: 'a', to: 'b', tick: 2 }), 'outside the bounds'],
  'a loss to oneself': [
    withFaults({ kind: 'omission', from: 'a', to: 'a', tick: 1 }),
    'a message to oneself is never lost',
  ],
  'a crash': [withFaults({ kind: 'crash', node: 'a', tick: 1 }), 'no node may crash within these bounds'],
  'no node': [
    change((check) => {
      check.bounds.nodes = [];
    }),
    'checks.0.bounds.nodes',
  ],
  'many nodes': [
    change((check) => {
      check.bounds.nodes = Array.from({ length: 99 }, (_, i) => `n${i}`);
    }),
    'at most 64 nodes, not 99',
  ],
  'a far end': [
    change((check) => {
      check.bounds.eot = 1e9;
    }),
    'eot must be an integer from 1 to 1000',
  ],
};

test('a result that is not one, or no longer fits: 2 and a line that says why', () => {
  const cwd = recorded(Object.fromEntries(Object.entries(SPOILT).map(([name, [edit]]) => [`${name}.json`, edit])));
  const names = Object.keys(SPOILT);
  const results = batch(
    cwd,
    names.map((name) => ['replay', `${name}.json`]),
  );
  expect(results).toHaveLength(names.length);
  for (const [i, name] of names.entries()) {
    const { code, stdout, stderr } = results[i] ?? {};
    expect([name, code, stdout]).toEqual([name, 2, '']);
    expect([name, stderr]).toEqual([name, expect.stringContaining(SPOILT[name]?.[1] ?? '')]);
    expect([name, stderr]).not.toEqual([name, expect.stringMatching(STACK)]);
    expect([name, (stderr ?? '').length]).toEqual([name, expect.toSatisfy((length: number) => length < 2_000)]);
  }
});

test('a scenario of one’s own, as the report copies it', () => {
  const cwd = recorded();
  const faults = (json: string) => ldfi(cwd, ['replay', 'o.json', '--faults', json]);
  expect(faults('[]')).toMatchObject({ code: 0, stdout: expect.stringContaining('scenario: {}') });
  expect(faults('[{"kind":"omission","from":"a","to":"b","tick":1}]')).toMatchObject({ code: 1 });
  expect(faults('[{"kind":"omission","from":"a","to":"b","tick":99}]')).toMatchObject({ code: 2, stdout: '' });
  expect(faults('[{"kind":"delay"}]')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--faults: it is no list of faults'),
  });
  expect(faults('{')).toMatchObject({ code: 2, stdout: '' });
});

const PROTOCOL = oneMessage("{ name: 'loss', eot: 4, eff: 2 }");

test('a protocol that has moved or become another: 2, and what to do', () => {
  const cwd = folder({ 'p.ts': PROTOCOL, 'd.ded': SPECS.violated });
  batch(cwd, [
    ['run', 'p.ts', '-q', '--json', 'o.json'],
    ['run', 'd.ded', '-q', '--json', 'd.json'],
  ]);
  const commands = [
    ['replay', 'o.json'],
    ['replay', 'o.json', '--emit', 'vitest'],
  ];
  const said = (text: string | undefined): (string | undefined)[] => {
    if (text === undefined) rmSync(join(cwd, 'p.ts'));
    else writeFileSync(join(cwd, 'p.ts'), text);
    const done = batch(cwd, commands);
    expect(done.map(({ code, stdout }) => [code, stdout])).toEqual(commands.map(() => [2, '']));
    return [...new Set(done.map(({ stderr }) => stderr.replace('note: this runs p.ts\n', '')))];
  };
  expect(said(PROTOCOL.replace("['a', 'b']", "['a', 'c']").replaceAll("'b'", "'c'"))).toEqual([
    'error: p.ts has changed: the nodes of one are a, c, and the result is of a, b. Search it again: npx ldfi run p.ts\n',
  ]);
  const several = ['uno', 'due'].map((name) =>
    PROTOCOL.replace(/^import.*$/m, '')
      .replace("'one'", `'${name}'`)
      .replace('default', `const ${name} =`),
  );
  expect(said(`import { defineProtocol } from 'ldfi';\n${several.join('')}`)).toEqual([
    'error: p.ts exports no protocol named "one". Search it again: npx ldfi run p.ts\n',
  ]);
  const gone = said(undefined);
  for (const text of gone)
    expect(text).toMatch(/cannot read "p\.ts": no such file[\s\S]*as seen from the folder of the run/);
  writeFileSync(join(cwd, 'q.ts'), PROTOCOL);
  const [moved, mixed, other] = batch(cwd, [
    ['replay', 'o.json', '--spec', 'q.ts'],
    ['replay', 'o.json', '--spec', 'd.ded'],
    ['replay', 'd.json', '--spec', 'q.ts'],
  ]);
  expect(moved).toMatchObject({ code: 1, stderr: '' });
  expect(mixed).toMatchObject({ code: 2, stderr: expect.stringContaining('d.ded is a Dedalus program, and the') });
  expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('q.ts is a module, and the result is of') });
});
