/**
 * `ldfi nodes` as a user calls it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { nodesResultSchema } from '../../../src/live/nodes/report/schema.js';
import { BIN, batch, environment, folder, ldfi, read, shell } from '../../cli/support.js';
import { javascript } from './support.js';

const STACK = /^ {4}at /m;
const processesWith = (text: string): string[] =>
  spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(text) && !line.includes('bin/ldfi.js'));

describe('mistakes end with 2 and a message', () => {
  test('in the command', () => {
    const node = ['--', 'node', 'node.js'];
    const mistakes: [string[], RegExp][] = [
      [['nodes', ...node], /error: say what clients ask for: --workload <name>; or --replay <file>/],
      [['nodes', '--replay', 'a.json', '--workload', 'echo', ...node], /'--replay <result.json>' cannot be used with/],
      [['nodes', '--replay', 'none.json', ...node], /error: cannot read none\.json: no such file/],
      [['nodes', '--workload', 'echo', '--emit', 'jest=', ...node], /Name the file, as in node:test=/],
      [['nodes', '--workload', 'poker', ...node], /Allowed choices are echo, unique-ids, broadcast/],
      [['nodes', '--workload', 'echo'], /missing required argument 'program'/],
      [['nodes', '--workload', 'echo', '--faults', 'omision', ...node], /"omision" is no kind of fault between nodes/],
      [['nodes', '--workload', 'echo', '--inject', 'loss', ...node], /"loss" is no fault; write it as printed/],
      [['nodes', '--workload', 'echo', '--eff', '9', '--eot', '3', ...node], /--eot 3 is before --eff 9/],
      [['nodes', '--workload', 'echo', '-n', '0', ...node], /It must be an integer from 1 to 25/],
      [['nodes', '--workload', 'echo', '--html', 'a.txt', ...node], /The name of a report ends in \.html/],
    ];
    const finished = batch(
      folder(),
      mistakes.map(([args]) => args),
    );
    finished.forEach(({ code, stdout, stderr }, i) => {
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(mistakes[i]?.[1] ?? /never/);
      expect(stderr).not.toMatch(STACK);
    });
  });

  test('in the program', () => {
    const cwd = folder({ 'own.json': '{"mine": true}' });
    const dies = ldfi(cwd, ['nodes', '--workload', 'echo', '--', ...javascript('misbehaving', 'dies')]);
    expect(dies.code).toBe(2);
    expect(dies.stderr).toMatch(
      /^error: the program of n0 ended with exit code 3; the end of its standard error:\nfirst/,
    );
    expect(dies.stderr).toContain('\\u{1b}[31mout of paper\ncommand: ');
    const overwrites = ldfi(cwd, ['nodes', '--workload', 'echo', '--json', 'own.json', '--', 'node']);
    expect([overwrites.code, read(cwd, 'own.json')]).toEqual([2, '{"mine": true}']);
  });
});

test('a counterexample: 1, with text, JSON and a page; its next command finds it again', { timeout: 200_000 }, () => {
  const cwd = folder();
  const hostile = '<script>alert(1)</script>';
  const flags = ['--workload', 'broadcast', '--faults', 'omission', '--first', '--tick-ms', '25'];
  const outputs = ['--json', 'out.json', '--html', 'out.html'];
  const found = spawnSync(
    process.execPath,
    [BIN, 'nodes', ...flags, ...outputs, '--', ...javascript('broadcast-once', hostile)],
    { cwd, env: environment(), encoding: 'utf8', timeout: 150_000 },
  );
  expect([found.status, found.stderr.replace(/^nodes broadcast: .*\n/gm, '')]).toEqual([1, '']);
  expect(found.stdout).toMatch(/^✗ VIOLATED {2}broadcast {2}\(3 nodes, up to 2 faults of omission before tick \d+/);
  expect(found.stdout).toContain('The message it could not afford to lose\n    n');
  expect(found.stdout).toMatch(/✗ n\d → n\d {2}tell \{ message: \d \} {2}LOST/);
  expect(found.stdout).toMatch(/reproduced \d of 5/);
  const result = nodesResultSchema.parse(JSON.parse(read(cwd, 'out.json')));
  expect(result).toMatchObject({ verdict: 'counterexamples', stopped: 'first', workload: 'broadcast' });
  const page = read(cwd, 'out.html');
  expect(page).toContain("default-src 'none'");
  expect(page).toContain('With the fault');
  expect(page).not.toContain('<script>alert');
  expect(page.match(/<script/g)).toHaveLength(2);
  const next = /^ {4}npx ldfi (nodes .*)$/m.exec(found.stdout)?.[1] ?? '';
  const again = shell(cwd, `$LDFI ${next}`);
  expect(again.code).toBe(1);
  expect(again.stdout).toContain('The message it could not afford to lose');
});

test('what holds ends with 0; JSON on stdout is alone there', { timeout: 200_000 }, () => {
  const args = ['nodes', '--workload', 'echo', '-n', '1', '--max-faults', '1', '--json', '-', '--'];
  const { code, stdout } = ldfi(folder(), [...args, ...javascript('misbehaving', 'fine')]);
  expect(code).toBe(0);
  expect(nodesResultSchema.parse(JSON.parse(stdout))).toMatchObject({ verdict: 'exact', exact: 1 });
});

describe('the end', () => {
  const endless = (mark: string, ...flags: string[]): string[] => [
    ...['nodes', '--workload', 'unique-ids', '--tick-ms', '500', ...flags, '--', ...javascript('unique-ids', mark)],
  ];

  test('--timeout: 3, and no process is left', () => {
    const cwd = folder();
    const flags = ['--timeout', '2', '--reporter', 'junit=j.xml', '--reporter', 'tap'];
    const { code, stdout, stderr } = ldfi(cwd, endless('mark-of-timeout', ...flags));
    expect(code).toBe(3);
    // It was not run, and the reports do not hide that.
    expect(stdout).toMatch(/^TAP version 14\n# ldfi\n1\.\.1\nok 1 - .* # SKIP not run: /);
    expect(read(cwd, 'j.xml')).toContain('skipped="1"');
    expect(stderr).not.toMatch(STACK);
    expect(processesWith('mark-of-timeout')).toEqual([]);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s: 3, and no process is left', async (signal) => {
    const mark = `mark-of-${signal}`;
    const child = spawn(process.execPath, [BIN, ...endless(mark)], { cwd: folder(), env: environment() });
    const closed = new Promise((resolve) => child.on('close', resolve));
    for (let i = 0; i < 400 && processesWith(mark).length < 3; i++) await sleep(50);
    expect(processesWith(mark)).toHaveLength(3);
    child.kill(signal);
    expect(await closed).toBe(3);
    expect(processesWith(mark)).toEqual([]);
  });
});
