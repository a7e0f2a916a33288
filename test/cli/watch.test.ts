import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BIN, environment, folder, SPECS } from './support.js';

const WAITING = 'Watching for changes: Enter runs everything, f what failed, p filters by name, q ends.\n';
const protocol = (expected: string): string => `
import { defineProtocol } from 'ldfi';
import { nodes } from './nodes.js';
export default defineProtocol({
  name: 'still', nodes, actor: () => ({}), check: () => 'holds',
  checks: [{ eot: 3, eff: 0, expect: '${expected}' }],
});
`;

/** A watch under way: `until` waits for so many rounds to have ended and gives what the last one printed. */
function watching(cwd: string, ...args: string[]) {
  const child = spawn(process.execPath, [BIN, 'test', '--watch', ...args], { cwd, env: environment() });
  let text = '';
  let wake: () => void = () => undefined;
  const take = (chunk: Buffer): void => {
    text += chunk.toString();
    wake();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    child,
    closed,
    async until(round: number): Promise<string> {
      while (text.split(WAITING).length <= round)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return text.split(WAITING)[round - 1] ?? '';
    },
  };
}

test('--watch runs again what changed, imports and configuration too, and ends by q', {
  timeout: 180_000,
}, async () => {
  const cwd = folder({
    'specs/d.ded': `include "part.inc";\n${SPECS.holds}`,
    'specs/part.inc': '// nothing yet\n',
    'specs/p.ts': protocol('holds'),
    'specs/nodes.ts': "export const nodes = ['a', 'b'];\n",
  });
  const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text);
  const { child, closed, until } = watching(cwd);
  try {
    expect(await until(1)).toContain('2 checks of 2 specs: 2 as expected');
    write('specs/p.ts', protocol('violated'));
    const edited = await until(2);
    expect(edited).toContain('specs/p.ts changed: running specs/p.ts\n');
    expect(edited).toContain('1 check of 1 spec: 0 as expected, 1 not');
    write('specs/nodes.ts', "export const nodes = ['a', 'b', 'c'];\n");
    expect(await until(3)).toContain('specs/nodes.ts changed: running specs/p.ts\n');
    write('specs/part.inc', '// something else\n');
    expect(await until(4)).toContain('specs/part.inc changed: running specs/d.ded\n');
    write('specs/new.ded', SPECS.bad);
    expect(await until(5)).toContain('specs/new.ded changed: running specs/new.ded\n');
    rmSync(join(cwd, 'specs/new.ded'));
    write('ldfi.config.json', '{ "specs": ["specs/p.ts"] }');
    const configured = await until(6);
    expect(configured).toContain('ldfi.config.json changed: running everything\n');
    expect(configured).toContain('1 check of 1 spec');
    child.stdin.write('q\n');
    expect(await closed).toBe(1);
  } finally {
    child.kill('SIGKILL');
  }
});

test('--watch goes on for ever: nothing is left of a round', { timeout: 180_000 }, async () => {
  const cwd = folder({ 'specs/d.ded': SPECS.holds });
  const { child, closed, until } = watching(cwd);
  try {
    // The runtime warns of the eleventh listener.
    for (let round = 1; round <= 13; round++) {
      expect(await until(round)).not.toContain('Warning');
      writeFileSync(join(cwd, 'specs/d.ded'), `${SPECS.holds}// ${round}\n`);
    }
    child.stdin.write('q\n');
    expect(await closed).toBe(0);
  } finally {
    child.kill('SIGKILL');
  }
});

test('--watch waits for a configuration to be repaired, and ends by Ctrl-C', { timeout: 120_000 }, async () => {
  const cwd = folder({ 'ldfi.config.json': '{ "spec": 1 }', 'd.ded': SPECS.holds });
  const { child, closed, until } = watching(cwd);
  try {
    expect(await until(1)).toContain('error[bad-config]: there is no `spec`\n --> ldfi.config.json:1:3\n');
    writeFileSync(join(cwd, 'ldfi.config.json'), '{ "specs": ["d.ded"] }');
    expect(await until(2)).toContain('1 check of 1 spec: 1 as expected');
    child.kill('SIGINT');
    expect(await closed).toBe(0);
  } finally {
    child.kill('SIGKILL');
  }
});

test('--watch: Enter runs everything, f what failed, p what has something in its name', {
  timeout: 180_000,
}, async () => {
  const cwd = folder({ 'specs/good.ded': SPECS.holds, 'specs/bad.ded': SPECS.violated, 'specs/none.ded': SPECS.holds });
  const { child, closed, until } = watching(cwd);
  try {
    expect(await until(1)).toContain('3 checks of 3 specs: 2 as expected, 1 not');
    child.stdin.write('f\n');
    const failed = await until(2);
    expect(failed).toContain('Running what failed\n');
    expect(failed).toMatch(/✗ VIOLATED {2}specs\/bad\.ded [\s\S]*1 check of 1 spec: 0 as expected, 1 not/);
    child.stdin.write('p goo\n');
    expect(await until(3)).toMatch(/Running all specs with "goo" in the name\n[\s\S]*1 check of 1 spec: 1 as expected/);
    child.stdin.write('f\n');
    expect(await until(4)).toContain('Nothing failed with "goo" in the name\n');
    child.stdin.write('p nobody\n');
    expect(await until(5)).toContain('There is no spec with "nobody" in the name\n');
    child.stdin.write('p\n');
    expect(await until(6)).toContain('3 checks of 3 specs');
    writeFileSync(join(cwd, 'specs/bad.ded'), SPECS.holds);
    expect(await until(7)).toContain('specs/bad.ded changed: running specs/bad.ded\n');
    child.stdin.write('f\n');
    expect(await until(8)).toContain('Nothing failed\n');
    child.stdin.write('\n');
    expect(await until(9)).toContain('Running all specs\n');
    // What changes while a key is pressed is run as well, in this round or in the next.
    writeFileSync(join(cwd, 'specs/bad.ded'), SPECS.violated);
    child.stdin.write('f\n');
    for (let round = 10; !(await until(round)).includes('✗ specs/bad.ded'); round++);
    child.stdin.write('q\n');
    expect(await closed).toBe(1);
  } finally {
    child.kill('SIGKILL');
  }
});
