/**
 * Modules that mean harm, or are merely careless, in a thread of their own (the built one): none of them gets a green,
 * holds the process, or ends it.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { LdfiError } from '../../src/core/invariant.js';
import { check } from '../../src/testing/check.js';
import { closeThreads } from '../../src/worker/live-threads.js';
import { ModuleThread } from '../../src/worker/thread-host.js';
import { firstOf, isWhole } from '../size.js';

const scratch = mkdtempSync(join(tmpdir(), 'ldfi-thread-'));
afterAll(() => {
  closeThreads();
  rmSync(scratch, { recursive: true, force: true });
});
mkdirSync(join(scratch, 'node_modules/cachier'), { recursive: true });
writeFileSync(join(scratch, 'node_modules/cachier/package.json'), '{ "name": "cachier", "main": "index.js" }');
writeFileSync(
  join(scratch, 'node_modules/cachier/index.js'),
  `const kept = new Map();
exports.once = (key, make) => { if (!kept.has(key)) kept.set(key, make()); return kept.get(key); };
exports.idle = () => setInterval(() => {}, 1000);
`,
);

let count = 0;

/** What two nodes promise: that b counts all that a sends. Honestly, one loss breaks it. */
function module({ top = '', onMessage = 'ctx.state.n++;', onTimer = '', answer = "world.state('b').n >= 3" }): URL {
  const path = join(scratch, `p${++count}.ts`);
  writeFileSync(
    path,
    `import { defineProtocol } from 'ldfi';
${top}
export default defineProtocol({
  name: 'p',
  nodes: ['a', 'b'],
  state: () => ({ n: 0, note: '' }),
  actor: (id) => ({
    init(ctx) { if (id === 'a') ctx.setPeriodic('tell', 1); },
    onTimer(ctx) { ctx.state.n++; ${onTimer} ctx.send('b', ctx.state.n); },
    onMessage(ctx, _from, m: any) { ${onMessage} },
  }),
  check: (world) => (${answer} ? 'holds' : { violated: 'b has missed something' }),
});
`,
  );
  return pathToFileURL(path);
}

const BOUNDS = { eot: 6, eff: 4 };

/** The verdict, or what went wrong in words. */
async function said(url: URL, options = {}): Promise<string> {
  try {
    return (await check(url, BOUNDS, options)).kind;
  } catch (error) {
    return error instanceof LdfiError ? `${error.code}: ${error.message}` : String(error);
  }
}

test('an honest module', async () => {
  expect(await said(module({}))).toBe('violated');
  expect(await said(module({ answer: "world.state('a').n >= 3" }))).toBe('holds');
});

describe('what is kept from run to run is no green', () => {
  const LATE = "world.state('b').note !== 'late'";
  test.each(
    firstOf(
      [
        [
          'a memo by tick',
          {
            top: 'const memo = new Map<number, number>();',
            onMessage:
              'const k = ctx.state.n++; if (!memo.has(k)) memo.set(k, m); ctx.state.note = memo.get(k) === k + 1 ? "" : "late";',
          },
        ],
        [
          'a cache in an imported package',
          {
            top: "import { once } from 'cachier';",
            onMessage: 'const k = ctx.state.n++; ctx.state.note = once(k, () => m) === k + 1 ? "" : "late";',
          },
        ],
        [
          'a global under a symbol',
          {
            top: 'const memo = ((globalThis as any)[Symbol.for("memo")] ??= {});',
            onMessage: 'const k = ctx.state.n++; memo[k] ??= m; ctx.state.note = memo[k] === k + 1 ? "" : "late";',
          },
        ],
        [
          'a WeakMap',
          {
            top: 'const key = {}; const memo = new WeakMap<object, number[]>([[key, []]]);',
            onMessage:
              'const k = ctx.state.n++; const all = memo.get(key)!; all[k] ??= m; ctx.state.note = all[k] === k + 1 ? "" : "late";',
          },
        ],
        [
          'a property of a built-in',
          {
            onMessage:
              'const k = ctx.state.n++; const memo = ((Array as any).kept ??= {}); memo[k] ??= m; ctx.state.note = memo[k] === k + 1 ? "" : "late";',
          },
        ],
      ],
      3,
    ),
  )('%s', async (_, parts) => {
    const words = await said(module({ ...parts, answer: LATE }));
    expect(words).toMatch(/^(?:hidden-state|impure-handler): /);
  });

  test('a memo in the check', async () => {
    const top = 'let seen: number | undefined; const b = (n: number) => (seen ??= n);';
    expect(await said(module({ top, answer: "b(world.state('b').n) >= 3" }))).toMatch(
      /^impure-handler: check says otherwise/,
    );
  });
});

describe('what replaces built-in functions is refused', () => {
  test.each(
    firstOf(
      [
        [
          'Array.prototype.map',
          'const real = Array.prototype.map; Array.prototype.map = function (...given: any) { return real.apply(this, given); } as any;',
        ],
        ['JSON.stringify', "JSON.stringify = () => '{}';"],
        [
          'Map.prototype.get',
          'const get = Map.prototype.get; Map.prototype.get = function (key) { return get.call(this, key); };',
        ],
      ],
      1,
    ),
  )('%s', async (name, top) => {
    expect(await said(module({ top }))).toContain(`${name} was replaced by the module`);
  });

  test('not what is added to them', async () => {
    expect(await said(module({ top: '(Array.prototype as any).last = function () { return this.at(-1); };' }))).toBe(
      'violated',
    );
  });
});

describe('what goes on after a handler', () => {
  test.each(
    firstOf(
      [
        ['a promise that is not awaited', 'const s = ctx.state; void (async () => {})().then(() => { s.n++; });'],
        ['an await in the middle', 'const s = ctx.state; void (async () => { await null; s.n++; })();'],
        ['an interval of an imported package', 'idle();'],
        ['a file', "readFile('/dev/null', () => {});"],
      ],
      3,
    ),
  )('%s', async (_, onMessage) => {
    const top = "import { idle } from 'cachier'; import { readFile } from 'node:fs'; void [idle, readFile];";
    expect(await said(module({ top, onMessage }))).toMatch(
      /^impure-handler: onMessage of b at tick 3 \(1 from a\).*(?:goes on after it has returned|ctx\.setTimer)/,
    );
  });

  test('not what only looks like it', async () => {
    expect(
      await said(module({ onMessage: 'ctx.state.n += structuredClone({ one: 1 }).one; void Promise.resolve(1);' })),
    ).toBe('violated');
  });
});

describe('what does not end', () => {
  test.each(
    firstOf(
      [
        [
          'a handler',
          { onMessage: 'for (;;);' },
          /^runaway-handler: onMessage of b at tick 3 \(1 from a\) did not return within 3000 ms/,
        ],
        ['the check', { answer: '(() => { for (;;); })()' }, /^runaway-handler: the check/],
        [
          'memory',
          { onMessage: 'const all = []; for (;;) all.push(new Array(1000).fill(m));' },
          /^runaway-handler: onMessage of b at tick 3/,
        ],
        [
          'promises',
          { onMessage: 'const turn = (): unknown => Promise.resolve().then(turn); turn();' },
          /^(?:runaway-handler|impure-handler): /,
        ],
      ],
      2,
    ),
  )(
    '%s',
    async (_, parts, words) => {
      expect(await said(module(parts))).toMatch(words);
    },
    60_000,
  );

  test('is over when the search is aborted, also where nothing is computed', async () => {
    const waits = module({ onMessage: 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);' });
    for (const url of [waits, module({ top: 'for (;;);' })]) {
      const begun = Date.now();
      await expect(
        check(url, BOUNDS, { signal: AbortSignal.timeout(1_500) }).then(({ kind, stopped }) => {
          throw new Error(`${kind} ${stopped}`);
        }),
      ).rejects.toThrow(/inconclusive aborted|aborted due to timeout/);
      expect(Date.now() - begun).toBeLessThan(10_000);
    }
  }, 60_000);
});

test.runIf(isWhole)(
  'a module that waits for ever at its top is given up, however much its loading has computed',
  async () => {
    expect(await said(module({ top: 'await new Promise(() => {});' }))).toMatch(/does it wait for something/);
  },
  90_000,
);

test('many threads may wait for one signal, and nobody is warned of a leak', async () => {
  const warnings: string[] = [];
  const hear = (warning: Error): void => void warnings.push(warning.name);
  process.on('warning', hear);
  const { signal } = new AbortController();
  const path = fileURLToPath(module({}));
  const threads = Array.from({ length: 12 }, () => new ModuleThread(path, { signal }));
  await new Promise(setImmediate);
  for (const thread of threads) thread.close();
  process.off('warning', hear);
  expect(warnings).toEqual([]);
});

describe('what ends, holds or fools the process', () => {
  test.each([
    ['an interval at the top', 'setInterval(() => {}, 1000);', /^violated$/],
    ['a listener on stdin', "process.stdin.on('data', () => {});", /^violated$/],
    ['an exit at the top', 'process.exit(0);', /ended the process/],
    ['a signal to itself', "process.kill(process.pid, 'SIGTERM');", /process\.kill/],
    [
      'a throw a moment later',
      "setTimeout(() => { throw new Error('boom'); }, 1);",
      /the module threw Error: boom after it was loaded/,
    ],
    ['an exit code', "process.exitCode = 0; process.on('exit', () => { process.exitCode = 0; });", /^violated$/],
    [
      'an answer of its own',
      "import { parentPort, workerData } from 'node:worker_threads'; parentPort?.postMessage({ id: 1, reply: { ok: 'holds' } }); if (Object.keys(workerData).length > 0) throw new Error('found');",
      /^violated$/,
    ],
  ])('%s', async (_, top, words) => {
    expect(await said(module({ top }))).toMatch(words);
  });

  test.each(
    firstOf(
      [
        ['has no text', 'throw Object.create(null);'],
        [
          'throws when it is asked',
          "throw Object.defineProperty(new Error('x'), 'message', { get() { throw new Error('y'); } });",
        ],
        [
          'is a proxy that throws',
          'throw new Proxy({}, { getPrototypeOf() { throw new Error("y"); }, get() { throw new Error("z"); } });',
        ],
        ['is nothing', 'throw undefined;'],
      ],
      2,
    ),
  )('an exception that %s is the handler\u2019s', async (_, onMessage) => {
    expect(await said(module({ onMessage }))).toBe('violated-failure-free');
  });
});
