/**
 * What matchers answer and say; `runners.test.ts` has them in the real runners.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { LdfiError } from '../../src/core/invariant.js';
import type { Fault } from '../../src/faults/fault.js';
import { resultFromJson } from '../../src/report/schema.js';
import { assertSurvives, assertTolerates } from '../../src/testing/assert.js';
import { matchersFor } from '../../src/testing/matchers.js';
import { broadcast } from './broadcast.js';
import { told } from './told.js';
import '../../src/testing/vitest.js';

const scratch = mkdtempSync(join(tmpdir(), 'ldfi-matchers-'));
const reports = join(scratch, 'reports');
const options = { reports };
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
beforeEach(() => rmSync(reports, { recursive: true, force: true }));

/** What is to be done after the test. */
const afterwards: (() => Promise<void>)[] = [];
const { toBreakUnder, toSurvive, toTolerate } = matchersFor((work) => void afterwards.push(work));

const retry = broadcast({ relay: false });
const relay = broadcast({ relay: true });
const BOUNDS = { eot: 6, eff: 3, crashes: 1 };
const LOSS: Fault[] = [{ kind: 'omission', from: 'a', to: 'b', tick: 1 }];
const BREAKS: Fault[] = [...LOSS, { kind: 'crash', node: 'a', tick: 2 }];
const SENTENCE =
  'retry breaks its promise: b: lacks it – b.has is never true, because the message a→b of tick 1 is lost; b never gets "msg" from a, because a crashes at tick 2.';

/** Whether a matcher passes, without and with `.not`, and what it says. */
async function ask(matcher: (state: { isNot: boolean }) => unknown): Promise<{ passes: boolean[]; message: string }> {
  const results = [];
  for (const isNot of [false, true]) results.push((await matcher({ isNot })) as { pass: boolean; message(): string });
  return { passes: results.map(({ pass }, i) => pass === (i === 0)), message: results[0]?.message() ?? '' };
}

describe('toTolerate', () => {
  test('holds', async () => {
    const { passes, message } = await ask((state) => toTolerate.call(state, relay, BOUNDS, options));
    expect(passes).toEqual([true, false]);
    expect(message).toMatch(
      /^relay keeps its promise in all of \d+ scenarios \(eot 6, eff 3, at most 1 crash, nodes a b c\)\.$/,
    );
    expect(existsSync(reports)).toBe(false);
  });

  test('violated: the sentence, a timeline, the others, the report', async () => {
    const { passes, message } = await ask((state) => toTolerate.call(state, retry, BOUNDS, options));
    expect(passes).toEqual([false, true]);
    expect(message.split('\n')).toEqual([
      SENTENCE,
      '',
      '  What happens',
      '    tick 1   ✗ a → b  "msg"  LOST',
      '             · a → c  "msg"',
      '    tick 2   ☠ a crashes: nothing it sends from now on arrives',
      '',
      '  3 more minimal counterexamples',
      '    {a→c@1, crash a@2}',
      '    {a→b@1, a→b@2, crash a@3}',
      '    {a→c@1, a→c@2, crash a@3}',
      '',
      '  Within  eot 6, eff 3, at most 1 crash, nodes a b c',
      `  Report  ${reports}/retry-eot6-eff3-crashes1.json`,
      expect.stringContaining('  Replay  npx ldfi replay '),
    ]);
    const parsed = resultFromJson(readFileSync(join(reports, 'retry-eot6-eff3-crashes1.json'), 'utf8'));
    expect(
      'result' in parsed && parsed.result.checks.map((check) => [check.verdict, check.counterexamples.length]),
    ).toEqual([['violated', 4]]);
    expect(readdirSync(reports)).toHaveLength(1);
  });

  test('what proves nothing fails either way, and says why', async () => {
    const cases: [verdict: RegExp, matcher: (state: { isNot: boolean }) => unknown][] = [
      [
        /^silent promises nothing: .*this proves nothing\.\nLook at what the check waits for, and whether eot 6/,
        (state) => toTolerate.call(state, broadcast({ silent: true }), BOUNDS, options),
      ],
      [
        /^retry breaks its promise without any fault, so faults show nothing: b: lacks it \(and 1 more\)\.\nEither .* eot 1 is too small/,
        (state) => toTolerate.call(state, retry, { eot: 1 }, options),
      ],
      [
        /^It is not known whether relay keeps its promise: it stopped early \(executions\), after 1 execution without a counterexample\.\nThat proves nothing/,
        (state) => toTolerate.call(state, relay, BOUNDS, { ...options, strategy: 'exhaustive', maxExecutions: 1 }),
      ],
    ];
    for (const [said, matcher] of cases) {
      const { passes, message } = await ask(matcher);
      expect(passes).toEqual([false, false]);
      expect(message).toMatch(said);
    }
  });

  test('in vitest', async () => {
    await expect(relay).toTolerate(BOUNDS, options);
    await expect(retry).not.toTolerate(BOUNDS, options);
    await expect(expect(retry).toTolerate(BOUNDS, options)).rejects.toThrow(SENTENCE);
    expect({ retry }).toEqual({ retry: expect.toSurvive(LOSS) });
    expect({ retry }).not.toEqual({ retry: expect.toSurvive(BREAKS, {}, options) });
  });

  test('misuse', async () => {
    await expect(expect(42).toTolerate(BOUNDS)).rejects.toThrow('is no protocol but number');
    await expect(expect(42).not.toTolerate(BOUNDS)).rejects.toThrow('is no protocol but number');
    const misspelt = { crash: 1 } as object;
    await expect(expect(retry).toTolerate(misspelt)).rejects.toThrow(
      'there is no bound "crash"; there are eot, eff, crashes, ',
    );
    await expect(expect(retry).toTolerate({ eot: 0 })).rejects.toThrow(LdfiError);
  });
});

describe('one scenario', () => {
  test('that does not break it', async () => {
    const survive = await ask((state) => toSurvive.call(state, retry, LOSS, undefined, options));
    expect(survive).toEqual({
      passes: [true, false],
      message: 'retry keeps its promise when what a sends to b at tick 1 is lost.',
    });
    const breaks = await ask((state) => toBreakUnder.call(state, retry, LOSS, undefined, options));
    expect(breaks).toEqual({ ...survive, passes: [false, true] });
    expect(existsSync(reports)).toBe(false);
  });

  test('that breaks it', async () => {
    const { passes, message } = await ask((state) => toSurvive.call(state, retry, BREAKS, undefined, options));
    expect(passes).toEqual([false, true]);
    expect(message).toContain(SENTENCE);
    expect(message).toContain('☠ a crashes');
    const [report = ''] = readdirSync(reports);
    expect(report).toMatch(/^retry-eot6-scenario-[0-9a-f]{16}\.json$/);
    const parsed = resultFromJson(readFileSync(join(reports, report), 'utf8'));
    expect('result' in parsed && parsed.result.checks[0]).toMatchObject({
      verdict: 'violated',
      spec: { kind: 'protocol', protocol: 'retry' },
      bounds: { eot: 6, eff: 2, crashes: 1 },
      counterexamples: [{ witnesses: [['b', 'lacks it']] }],
    });
    expect((await ask((state) => toBreakUnder.call(state, retry, BREAKS, {}, options))).passes).toEqual([true, false]);
  });

  test('of a protocol that promises nothing, or is broken anyway', async () => {
    for (const [protocol, bounds] of [
      [broadcast({ silent: true }), {}],
      [retry, { eot: 2, eff: 2, crashes: 0 }],
      [broadcast({ mute: true }), {}],
    ] as const) {
      const survive = await ask((state) => toSurvive.call(state, protocol, LOSS, bounds, options));
      const breaks = await ask((state) => toBreakUnder.call(state, protocol, LOSS, bounds, options));
      // Two ticks are enough for the broadcast itself.
      const says = protocol === retry;
      expect([survive.passes, breaks.passes]).toEqual(
        says
          ? [
              [false, true],
              [true, false],
            ]
          : [
              [false, false],
              [false, false],
            ],
      );
    }
  });

  test('without a fault', async () => {
    expect((await ask((state) => toBreakUnder.call(state, broadcast({ mute: true }), [], {}, options))).passes).toEqual(
      [true, false],
    );
    expect((await ask((state) => toSurvive.call(state, retry, [], {}, options))).passes).toEqual([true, false]);
  });

  test('beyond the end of time that is not given: time is made long enough; beyond bounds that are: misuse', () => {
    const late: Fault[] = [{ kind: 'crash', node: 'b', tick: 30 }];
    expect(retry).toSurvive(late);
    expect(() => expect(retry).toSurvive(late, { eot: 6 })).toThrow('outside the bounds');
    expect(() => expect(retry).not.toSurvive([{ kind: 'crash', node: 'z', tick: 1 }])).toThrow(
      'is not one of the nodes',
    );
    expect(() => expect(retry).toSurvive(BREAKS, { crashes: 0 })).toThrow(LdfiError);
  });
});

describe('an asynchronous system', () => {
  const once = told({ times: 1 });
  const twice = told({ times: 2 });
  const LOST: Fault[] = [{ kind: 'omission', from: 'a', to: 'b', tick: 1 }];
  const SAID = 'told-1 breaks its promise: b has not heard, when what a sends to b at tick 1 is lost.';

  test('a search', async () => {
    await expect(twice).toTolerate({ eot: 6, eff: 3, maxCost: 1 });
    await expect(expect(once).toTolerate({ eot: 6, eff: 3 }, options)).rejects.toThrow(SAID);
    const [report = ''] = readdirSync(reports);
    const parsed = resultFromJson(readFileSync(join(reports, report), 'utf8'));
    expect('result' in parsed && parsed.result.checks[0]).toMatchObject({
      verdict: 'violated',
      learned: { missing: 'of an asynchronous system only whole runs are known' },
    });
  });

  test('one scenario, which is to be awaited', async () => {
    await expect(twice).toSurvive(LOST);
    await expect(once).toBreakUnder(LOST, {}, options);
    await expect(expect(once).toSurvive(LOST, {}, options)).rejects.toThrow(SAID);
    await expect(expect(told({ times: 0 })).toSurvive(LOST, {}, options)).rejects.toThrow('promises nothing');
    await assertSurvives(twice, LOST);
    await expect(assertSurvives(once, LOST, {}, options)).rejects.toThrow(SAID);
    await expect(assertTolerates(once, { eot: 6, eff: 3 }, options)).rejects.toThrow(SAID);
    const nobody: Fault[] = [{ kind: 'crash', node: 'z', tick: 1 }];
    await expect(expect(once).toSurvive(nobody)).rejects.toThrow('is not one of the nodes');
  });

  test('that is not awaited fails its test', async () => {
    afterwards.length = 0;
    void toSurvive.call({}, once, LOST, {}, options);
    await expect(Promise.all(afterwards.map((work) => work()))).rejects.toThrow(
      `toSurvive was not awaited: await expect(…).toSurvive(…). ${SAID}`,
    );
  });
});

test('assertions without matchers', async () => {
  await assertTolerates(relay, BOUNDS, options);
  const error = { name: 'AssertionError', code: 'ERR_ASSERTION', message: expect.stringContaining(SENTENCE) };
  await expect(assertTolerates(retry, BOUNDS, options)).rejects.toMatchObject(error);
  await expect(assertTolerates(broadcast({ silent: true }), BOUNDS, options)).rejects.toThrow('promises nothing');
  assertSurvives(retry, LOSS);
  expect(() => assertSurvives(retry, BREAKS, {}, options)).toThrow(SENTENCE);
});

test('reports: none if unwanted; one that cannot be written does not hide the failure', async () => {
  const none = await ask((state) => toTolerate.call(state, retry, BOUNDS, { reports: false }));
  expect(none.message).toContain(SENTENCE);
  expect(none.message).not.toContain('Report');
  writeFileSync(join(scratch, 'file'), '');
  const blocked = await ask((state) => toTolerate.call(state, retry, BOUNDS, { reports: join(scratch, 'file/x') }));
  expect(blocked.message).toContain(SENTENCE);
  expect(blocked.message).not.toContain('Report');
});

describe('a matcher that is not awaited', () => {
  const left = (work: () => unknown): (() => Promise<void>) => {
    afterwards.length = 0;
    void work();
    return async () => {
      for (const one of afterwards) await one();
    };
  };

  test('fails the test that it is in, as it would have', async () => {
    await expect(left(() => toTolerate.call({}, retry, BOUNDS, options))()).rejects.toThrow(
      `toTolerate was not awaited: await expect(…).toTolerate(…). ${SENTENCE}`,
    );
    await expect(left(() => toTolerate.call({ isNot: true }, relay, BOUNDS, options))()).rejects.toThrow('not awaited');
  });

  test('does no harm where it passes, or where it was awaited after all', async () => {
    await left(() => toTolerate.call({}, relay, BOUNDS, options))();
    afterwards.length = 0;
    await toTolerate.call({}, retry, BOUNDS, options);
    for (const one of afterwards) await one();
  });
});
