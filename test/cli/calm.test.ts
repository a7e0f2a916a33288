/**
 * `ldfi calm`: exit codes, forms, and mistakes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, ldfi, PACKAGE } from './support.js';

const ORDERED = 'specs/calm/cart-disorderly.ded';
const FREE = 'specs/calm/chat-log.ded';

const HOSTILE = `//! output seen
start("a", "</svg><script>alert(1)</script>")@1;
log(N, V)@async :- start(_, V), peer(_, N);
log(N, V)@next :- log(N, V);
peer("a", "b")@1;
peer(N, M)@next :- peer(N, M);
seen(N, count<V>) :- log(N, V);
`;

describe('ldfi calm', () => {
  test('says which outputs need coordination, where, and what to do', () => {
    const { code, stdout, stderr } = ldfi(PACKAGE, ['calm', ORDERED]);
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toContain('✓ put  A  coordination-free');
    expect(stdout).toContain('✗ bought  D  needs coordination');
    expect(stdout).toContain(`${ORDERED}:25:41  negation: asks what is not in \`taken\` so far`);
    expect(stdout).toContain('way     taken → bought');
    expect(stdout).toContain('remedy  seal it');
    expect(stdout).toMatch(/all in time +│ with the delay/);
    expect(stdout).toContain('only here: bought("shop", "eggs") at the end');
  });

  test('is content where nothing does, having tried schedules', () => {
    const { code, stdout } = ldfi(PACKAGE, ['calm', FREE, '--schedules', '20']);
    expect(code).toBe(0);
    expect(stdout).toContain('Tried 20 schedules');
    expect(stdout).toContain('1 output, free of coordination.');
  });

  test('looks at other outputs, and tries nothing, if it is told to', () => {
    const { code, stdout } = ldfi(PACKAGE, ['calm', ORDERED, '--output', 'put, taken', '--no-witness']);
    expect(code).toBe(0);
    expect(stdout).toContain('No schedules were tried.\n2 outputs, none of which needs coordination.');
  });

  test('writes JSON, a page, the dataflow and SARIF', () => {
    const cwd = folder();
    const files = ['--json', 'a.json', '--html', 'a.html', '--dot', 'a.dot', '--svg', 'a.svg', '--sarif', 'a.sarif'];
    const { code, stdout } = ldfi(cwd, ['calm', join(PACKAGE, ORDERED), ...files]);
    expect(code).toBe(1);
    expect(stdout).toContain('SARIF  a.sarif');
    const read = (name: string): string => readFileSync(join(cwd, name), 'utf8');
    const { outputs, points, tried } = JSON.parse(read('a.json'));
    expect(outputs.map(({ relation, verdict }: { relation: string; verdict: string }) => relation + verdict)).toEqual([
      'boughtD',
      'putA',
      'takenA',
    ]);
    expect(outputs[0].witness[1].delays).toHaveLength(1);
    expect(points.map(({ kind }: { kind: string }) => kind)).toEqual(['negation', 'race']);
    expect(tried.restless).toBe(0);
    expect(read('a.html').match(/<svg/g)).toHaveLength(3);
    expect(read('a.dot')).toContain('"puts" -> "put" [style=dashed];');
    expect(read('a.dot')).toContain(
      '"taken" -> "bought" [style=solid, color=red, fontcolor=red, penwidth=2, label="¬"];',
    );
    expect(read('a.svg')).toContain('stroke-dasharray');
    const [run] = JSON.parse(read('a.sarif')).runs;
    expect(run.results.map((one: { ruleId: string }) => one.ruleId)).toEqual(
      Array(2).fill('bought is free of coordination'),
    );
    expect(run.results[0].locations[0].physicalLocation.region).toEqual({ startLine: 25, startColumn: 41 });
  });

  test('lets nothing out of a spec into the page', () => {
    const cwd = folder({ 'x.ded': HOSTILE });
    expect(ldfi(cwd, ['calm', 'x.ded', '--nodes', 'a,b', '--html', 'x.html']).code).toBe(1);
    expect(readFileSync(join(cwd, 'x.html'), 'utf8')).not.toContain('<script>alert');
  });

  test('keeps what it has when the time is over', () => {
    const { code, stdout } = ldfi(PACKAGE, ['calm', FREE, '--schedules', '1000000', '--timeout', '1']);
    expect(code).toBe(3);
    expect(stdout).toContain('✓ shown  A');
    expect(stdout).toContain('Stopped: an interrupt or the timeout.');
  });

  test('takes the nodes and the end of time of a check', () => {
    const words = ['calm', ORDERED, '--eot', '3', '--delay', '1', '--nodes', 'client,shop'];
    expect(ldfi(PACKAGE, words).stdout).toContain('delays of up to 1 tick, of messages sent up to tick 3');
  });
});

describe('mistakes', () => {
  test.each([
    [['calm', ORDERED, '--output', 'bougth'], 'no relation is named "bougth"; did you mean "bought"?'],
    [['calm', ORDERED, '--output', 'a,,b'], 'It must be a list like log,receipt.'],
    [['calm', ORDERED, '--check', 'none'], 'no check is named "none"; there are: one-loss'],
    [['calm', 'specs/typescript/quorum-register.ts'], 'its handlers cannot be looked into'],
    [
      ['calm', ORDERED, '--svg', '-', '--json', '-'],
      '--json and --svg both want stdout; give all but one a file, as in --svg FILE',
    ],
  ])('%j', (words, said) => {
    const { code, stderr } = ldfi(PACKAGE, words);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
  });

  test('a spec without outputs, or with one that is not there', () => {
    const cwd = folder({ 'none.ded': 'p("a")@1;\n', 'slip.ded': '//! output lgo\nlog("a")@1;\n' });
    const none = ldfi(cwd, ['calm', 'none.ded']);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('the spec has no outputs; name some')]);
    const slip = ldfi(cwd, ['calm', 'slip.ded']);
    expect([slip.code, slip.stderr]).toEqual([2, expect.stringContaining('there is no relation `lgo`')]);
  });
});
