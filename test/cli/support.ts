/**
 * The built command line, as a user would run it: on a copy of the build, so that a build that runs meanwhile does not
 * pull it away, and in folders that are removed in the end.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { type Result, resultFromJson } from '../../src/report/schema.js';
import { type Finished, type Kept, keep } from './kept.js';

export type { Finished };

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const scratch = mkdtempSync(join(inject('scratch'), 'w-'));

let count = 0;

/** A new folder with these files in it. */
export function folder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const path = join(scratch, `w${++count}`);
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return path;
}

/** The package as it is published, for everybody to read. */
export const PACKAGE = join(inject('scratch'), 'package');
if (!inject('isBuilt')) throw new Error('dist is missing: run `npm run build` first');
export const BIN = join(PACKAGE, 'bin/ldfi.js');

/** The environment of a test: nothing about colours unless the test says so. */
export function environment(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NO_COLOR, FORCE_COLOR, LDFI_DEBUG, ...rest } = process.env;
  return { ...rest, ...env };
}

/** How far a search has come, which is said when it takes long: it does on a loaded machine. */
const PROGRESS = /^[^\n]+: [^\n]+; \d+ scenarios? run[^\n]*; [0-9.]+ s\n/gm;

let kept: Kept | undefined;

/**
 * Runs `ldfi` in a folder to its end.
 * @param env makes it a process of its own, also if it is empty
 * @returns what it said; `stderr` is without progress
 */
export function ldfi(cwd: string, args: readonly string[], env?: Readonly<Record<string, string>>): Finished {
  if (!env) kept ??= keep(realpathSync(PACKAGE), join(scratch, 'printed'), environment(), 300_000);
  const { stderr, ...said } = kept && !env ? kept(cwd, args) : spawned(process.execPath, cwd, [BIN, ...args], env);
  return { ...said, stderr: stderr.replaceAll(PROGRESS, '') };
}

/** Runs one command after another. */
export const batch = (cwd: string, commands: readonly (readonly string[])[]): Finished[] =>
  commands.map((args) => ldfi(cwd, args));

function spawned(
  program: string,
  cwd: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Finished {
  const options = { cwd, env: environment(env), encoding: 'utf8', timeout: 300_000, maxBuffer: 2 ** 28 } as const;
  const { status, stdout, stderr } = spawnSync(program, args, options);
  return { code: status, stdout, stderr };
}

/** Runs a shell command, in which `$LDFI` is the command line. */
export const shell = (cwd: string, command: string): Finished =>
  spawned('bash', cwd, ['-c', command.replaceAll('$LDFI', `"${process.execPath}" "${BIN}"`)]);

/** Runs `ldfi` with what a shell makes of these words. */
export const shown = (cwd: string, words: string): Finished =>
  ldfi(cwd, shell(cwd, `printf '%s\\0' ${words}`).stdout.split('\0').slice(0, -1));

/** Starts `ldfi` and sends it a signal as soon as its stderr matches. */
export function interrupted(
  cwd: string,
  args: readonly string[],
  when: RegExp,
  signal: NodeJS.Signals = 'SIGINT',
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], { cwd, env: environment() });
    const text = { stdout: '', stderr: '' };
    let sent = false;
    child.stdout.on('data', (chunk) => {
      text.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      text.stderr += chunk;
      if (sent || !when.test(text.stderr)) return;
      sent = true;
      child.kill(signal);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...text }));
  });
}

export const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');

/** A result file, validated. */
export function resultIn(...path: string[]): Result {
  const parsed = resultFromJson(read(...path));
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.result;
}

/** Facts and rules around one message from a to b, which is sent once. */
const ONE_MESSAGE = `
send("a", "b")@1;
wanted("b")@1;
wanted(X)@next :- wanted(X);
got(Y)@async :- send(X, Y);
got(X)@next :- got(X);
`;

const PROMISE = `
pre(X) :- wanted(X);
post(X) :- got(X);
`;

/** Small specs by what is right or wrong with them. */
export const SPECS = {
  violated: `//! check name=loss eot=4 eff=2 crashes=0 nodes=a,b\n${ONE_MESSAGE}${PROMISE}`,
  holds: `//! check name=calm eot=4 eff=0 crashes=0 nodes=a,b\n${ONE_MESSAGE}${PROMISE}`,
  vacuous: `//! check name=empty eot=4 eff=2 crashes=0 nodes=a,b\n${ONE_MESSAGE}pre(X) :- nothing(X);\npost(X) :- got(X);\n`,
  noPost: `//! check name=none eot=4 eff=2 crashes=0 nodes=a,b\n${ONE_MESSAGE}`,
  broken: `//! check name=early eot=1 eff=1 crashes=0 nodes=a,b\n${ONE_MESSAGE}${PROMISE}`,
  bad: 'send("a", "b")@1;\ngot(Y)@async :- send(X, Z);\n',
  /** Only under 'strict': the alarm that no one answers is no row of the failure-free run's post. */
  disagreeing: `//! check name=alarm eot=4 eff=2 crashes=0 nodes=a,b\n${ONE_MESSAGE}
pre(X, "ok") :- wanted(X), got(X);
pre(X, "alarm") :- wanted(X), notin got(X);
post(X, "ok") :- got(X);
`,
  oneMessage: ONE_MESSAGE,
  promise: PROMISE,
} as const;

/** A spec with this verdict expected by its check. */
export const expecting = (spec: string, verdict: string): string => spec.replace(/( name=\S+)/, `$1 expect=${verdict}`);

/** Acknowledged broadcast among `n` nodes: holds, and takes long to search run by run. */
export function acknowledged(n: number, directive: string): string {
  const nodes = Array.from({ length: n }, (_, i) => `n${i}`);
  const pairs = nodes.flatMap((a) => nodes.filter((b) => b !== a).map((b) => `node("${a}", "${b}")@1;`));
  const [, rules = ''] = read(PACKAGE, 'specs/broadcast/ack.ded').split('include "agreement.inc";');
  return `//! check ${directive}\n${pairs.join('\n')}
node(X, Y)@next :- node(X, Y);
bcast("n0", "hello")@1;
pre(X, M) :- log(X, M), notin crash(X, X, _);
post(X, M) :- log(X, M), notin missing(_, M);
missing(Y, M) :- log(X, M), node(X, Y), notin log(Y, M), notin crash(Y, Y, _);
${rules}`;
}

/** Everything in a text that must not reach a terminal raw; empty if all is well. Line ends are fine. */
export const unprintable = (text: string): string[] => text.match(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu) ?? [];

/** A stack trace, or Node's own words about an uncaught exception. */
export const STACK = /\n\s+at |node:internal|Node\.js v/;

/** A module with a protocol in which `a` sends one message to `b`. */
export const oneMessage = (checks: string): string => `import { defineProtocol } from 'ldfi';
export default defineProtocol({
  name: 'one',
  nodes: ['a', 'b'],
  state: () => ({ has: false }),
  actor: (id) => ({
    init: (ctx) => void (id === 'a' && ctx.send('b', 1)),
    onMessage: (ctx) => void (ctx.state.has = true),
  }),
  check: (world) => (world.state('b').has ? 'holds' : { violated: 'lost' }),
  checks: [${checks}],
});
`;
