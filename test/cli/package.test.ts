/**
 * The tarball as a stranger gets it: packed, installed into an empty project, run, imported, type-checked. Slow, and
 * needs the npm registry for the dependencies (or npm's cache of them).
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment, folder, PACKAGE, ROOT, resultIn } from './support.js';

const MINUTES = 60_000;

/** Runs a program to its end and gives its stdout; fails with its stderr. */
function run(cwd: string, program: string, ...args: string[]): string {
  // What npm tells its scripts about the project it runs in must not lead it to that project.
  const env = Object.fromEntries(Object.entries(environment()).filter(([name]) => !name.startsWith('npm_')));
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: 'utf8', timeout: 4 * MINUTES });
  expect([program, ...args, status, status === 0 ? '' : stdout + stderr]).toEqual([program, ...args, 0, '']);
  return stdout;
}

const CONSUMER = `
import { DedalusSystem, type SearchEvent, parseProgram, resolveChecks, search } from 'ldfi';
const { program } = parseProgram('a("x")@1; pre(X) :- a(X); post(X) :- a(X); a(X)@next :- a(X);');
for (const { name, bounds } of program ? resolveChecks(program) : [])
  for await (const event of search(new DedalusSystem(program as NonNullable<typeof program>, bounds))) {
    const typed: SearchEvent = event;
    if (typed.kind === 'verdict') console.log(name, typed.verdict.kind);
  }
`;

test('packed and installed, it runs, can be imported, and has types', { timeout: 5 * MINUTES }, () => {
  const cwd = folder({
    'package.json': '{ "name": "consumer", "private": true, "type": "module" }',
    'main.ts': CONSUMER,
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        strict: true,
        module: 'NodeNext',
        target: 'ES2022',
        lib: ['ES2023', 'DOM'],
        types: [],
        outDir: 'out',
      },
      files: ['main.ts'],
    }),
  });
  // From the copy, and without scripts: `prepare` would build anew while other tests read dist.
  run(PACKAGE, 'npm', 'pack', '--ignore-scripts', '--pack-destination', cwd);
  const tarball = readdirSync(cwd).find((name) => name.endsWith('.tgz')) ?? '';
  run(cwd, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`);
  const installed = join(cwd, 'node_modules/ldfi');
  expect(readdirSync(installed).sort()).toEqual([
    'LICENSE',
    'README.md',
    'bin',
    'dist',
    'package.json',
    'specs',
    'templates',
  ]);

  expect(run(cwd, 'npx', '--no-install', 'ldfi', '--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
  run(cwd, 'npx', '--no-install', 'ldfi', 'run', 'node_modules/ldfi/specs/broadcast/ack.ded', '--json', 'o.json');
  expect(resultIn(cwd, 'o.json').checks.map(({ verdict }) => verdict)).toEqual(['holds', 'holds']);

  run(cwd, process.execPath, join(ROOT, 'node_modules/typescript/bin/tsc'), '--project', '.');
  expect(run(cwd, process.execPath, 'out/main.js')).toBe('check holds\n');
  expect(run(ROOT, 'npx', '--no-install', 'publint', installed)).toContain('All good!');
});
