/**
 * Programs that do not do what a node must, and the end of processes.
 */
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { NodeProcess } from '../../../src/live/nodes/node-process.js';
import { ask, javascript, program } from './support.js';

const misbehaving = (how: string) => javascript('misbehaving', how);

/** The processes whose command line contains a text, by number. */
const processesWith = (text: string): string[] =>
  spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(text) && !line.includes('ps -eo'));

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 600 && !condition(); i++) await sleep(50);
  expect(condition()).toBe(true);
}

describe('without faults it is a mistake, and said with command, node, exit code and standard error', () => {
  test.each([
    [
      'dies',
      /the program of n0 ended with exit code 3; the end of its standard error:\nfirst line\n\\u\{1b\}\[31mout of paper/,
    ],
    ['chatty', /n[012] writes to standard output what is no message: it is not JSON: node is starting \\u\{1b\}/],
    ['stranger', /n0 sends a message to n9, which is no node, service or client/],
    ['impostor', /n0 sends a message in the name of n8/],
    ['floods', /send messages without end/],
  ])('%s', async (how, message) => {
    const failed = ask('echo', misbehaving(how));
    await expect(failed).rejects.toMatchObject({ code: 'bad-program' });
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toThrow(`misbehaving.js ${how}`);
  });

  test('a program that does not answer init', async () => {
    await expect(ask('echo', misbehaving('silent'), { startMs: 300 })).rejects.toThrow(
      /n[012] has not answered init after 0\.3 s/,
    );
  });

  test.each([
    ['/no/such/program', /could not be started: there is no \/no\/such\/program/],
    [program('javascript/node.js'), /is not executable \(chmod \+x/],
  ])('a program that cannot be started: %s', async (path, message) => {
    await expect(ask('echo', [path])).rejects.toThrow(message);
  });

  test('a program that does not answer the workload is no green: broken without faults', async () => {
    const result = await ask('unique-ids', misbehaving('fine'), { nodes: 1 });
    expect(result).toMatchObject({ verdict: 'broken', broken: ['no generate is answered'] });
  });

  test('nor one that answers some of it', async () => {
    const result = await ask('echo', misbehaving('forgetful'), { nodes: 1 });
    expect(result).toMatchObject({
      verdict: 'broken',
      broken: [expect.stringMatching(/n0 does not answer the echo of tick/)],
    });
  });

  test('where there is nothing to inject, nothing was tested', async () => {
    const result = await ask('echo', misbehaving('fine'), { nodes: 1, faults: 'omission' });
    expect(result).toMatchObject({ verdict: 'vacuous' });
  });
});

test('a program that dies of a loss is a counterexample, with what it wrote', async () => {
  const result = await ask('broadcast', javascript('broadcast-once', '--die-without-news'), { first: true });
  expect(result.verdict).toBe('counterexamples');
  expect(result.counterexamples[0]?.why.join()).toMatch(/the program of n\d ended with exit code 5/);
  expect(result.counterexamples[0]?.why.join()).toContain('no news');
});

test('messages that are never the same are one family, and one fault', async () => {
  const result = await ask('echo', misbehaving('random'), { faults: 'omission' });
  expect(result.grouped).toContain('n0 > n1 noise');
  expect(result.verdict).toBe('exact');
});

test('a node that answers at times and not at others is unreliable', async () => {
  const result = await ask('echo', misbehaving('moody'));
  expect(result.verdict).toBe('unreliable');
  expect(result.reasons.join('\n')).toMatch(/without faults n\d echo #\d is answered: (ok|unknown) in \d of 5/);
});

describe('processes', () => {
  test('a node is killed with all that it has started', async () => {
    const node = new NodeProcess('n0', misbehaving('offspring'), {}, { line: () => undefined, end: () => undefined });
    const mine = () => processesWith('sleep 600');
    await until(() => mine().length > 0);
    await node.kill();
    await until(() => mine().length === 0);
  });

  test('none is left behind by an interrupt, at once', async () => {
    const controller = new AbortController();
    const search = ask('echo', javascript('misbehaving', 'to be interrupted'), { signal: controller.signal });
    const mine = () => processesWith('to be interrupted');
    await until(() => mine().length > 0);
    controller.abort(new Error('enough'));
    await expect(search).rejects.toThrow('enough');
    expect(mine()).toEqual([]);
  });

  test('none is left behind when ldfi itself is killed', async () => {
    const script = `
      import { NodeProcess } from ${JSON.stringify(new URL('../../../src/live/nodes/node-process.ts', import.meta.url).href)};
      new NodeProcess('n0', ['sleep', '601'], {}, { line() {}, end() {} });
      setInterval(() => {}, 1000);`;
    const ldfi = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: 'ignore' });
    await until(() => processesWith('sleep 601').length > 0);
    ldfi.kill('SIGKILL');
    await until(() => processesWith('sleep 601').length === 0);
  });
});
