/**
 * Results of services and of programs through the reporters: valid by the schemas, located where that is possible, and
 * never green by mistake.
 */
import { expect, test } from 'vitest';
import { failedCheck, inputOf } from '../../src/live/checks.js';
import { nodesInput } from '../../src/live/nodes/report/checks.js';
import type { NodesResult } from '../../src/live/nodes/report/schema.js';
import { replayInput } from '../../src/live/replay/checks.js';
import { type ReplayResult, replayExit } from '../../src/live/replay/result.js';
import { liveInput } from '../../src/live/report/checks.js';
import type { LiveCounterexampleResult, LiveResult, RunView } from '../../src/live/report/result.js';
import { REPORTERS, type ReporterInput } from '../../src/report/reporters/index.js';
import { unprintable } from '../report/reporters/support.js';
import { junitProblems, sarifProblems } from '../report/reporters/validate.js';

const HOSTILE = '"<]]>\u001b[2J\u202e|`{0} [x](y)\n::error::%0A';

const run = (status: number, why: readonly string[] = [], fault: string | null = null): RunView => ({
  answer: { status, ms: 3, error: null, body: '' },
  calls: [
    {
      ...{ id: `pay POST ${HOSTILE} #1`, parent: null, service: 'pay', method: 'POST', path: '/charges' },
      ...{ status: 200, fault, from: 0, to: 1 },
    },
  ],
  why: [...why],
});

const found = (kind: string, why: string): LiveCounterexampleResult => ({
  faults: [{ call: `pay POST ${HOSTILE} #1`, kind }],
  ...{ minimal: true, reproduced: 3, attempts: 3, run: run(500, [why], kind) },
});

const liveResult = (change: Partial<LiveResult> = {}): LiveResult => ({
  ...{ schemaVersion: 1, tool: { name: 'ldfi', version: '1.2.3' }, kind: 'live', config: 'ldfi.live.yaml' },
  entry: { method: 'POST', url: 'http://127.0.0.1:3000/orders?x=1' },
  promise: { expect: 'answer.status == 201', never: 'false', file: null },
  ...{ kinds: ['status', 'lost'], verdict: 'exact', exact: 2, monotone: 3, stopped: null, needed: null, reasons: [] },
  ...{ experiments: 9, alike: [], baseline: run(201), counterexamples: [] },
  ...change,
});

const VIOLATED = liveResult({
  verdict: 'counterexamples',
  counterexamples: [
    found('status', `expected: answer.status == 201`),
    found('lost', `expected: answer.status == 201`),
    { ...found('status', 'never: false'), faults: [{ call: 'stock PUT /x #1', kind: 'status' }] },
  ],
});

const placeOf = (why: string | undefined) => ({
  file: 'ldfi.live.yaml',
  line: why?.startsWith('never') ? 9 : 8,
  column: 1,
});

const nodesResult = (change: Partial<NodesResult> = {}): NodesResult => ({
  ...{
    schemaVersion: 1,
    tool: { name: 'ldfi', version: '1.2.3' },
    kind: 'nodes',
    workload: 'echo',
    promise: 'it echoes',
  },
  command: ['node', HOSTILE],
  bounds: { nodes: ['n0', 'n1'], faults: ['omission'], eff: 9, eot: 59, tickMs: 20, maxFaults: 1, maxRuns: 50 },
  ...{ verdict: 'exact', exact: 1, beyond: 0, reasons: [], grouped: [], injectable: 3, experiments: 8, broken: [] },
  counterexamples: [],
  ...change,
});

const NODES_VIOLATED = nodesResult({
  verdict: 'counterexamples',
  counterexamples: [
    {
      faults: [{ call: 'n0 > n1 tell #1', kind: 'omission', words: `n0 → n1  tell ${HOSTILE}  is lost` }],
      ...{ why: ['nothing is heard of it'], minimal: true, reproduced: 5, attempts: 5 },
      run: { messages: [], left: 0, nodes: [], operations: [], end: 9, live: [], stderr: {} },
    },
  ],
});

const replayed = (change: Partial<ReplayResult> = {}, standing: 'broken' | 'kept' | 'missed' | 'not-tried' = 'kept') =>
  ({
    ...{ schemaVersion: 1, tool: { name: 'ldfi', version: '1' }, kind: 'replay', of: 'nodes', subject: 'node a.js' },
    ...{ broken: [], reasons: [], stopped: false, experiments: 7 },
    counterexamples: [
      {
        faults: [{ call: 'a', kind: 'omission', words: `a is lost ${HOSTILE}` }],
        ...{ standing, times: standing === 'not-tried' ? 0 : 2, broken: standing === 'broken' ? 1 : 0 },
        ...{ missed: standing === 'missed' ? 1 : 0, why: standing === 'broken' ? ['no'] : [] },
      },
    ],
    ...change,
  }) satisfies ReplayResult;

const INPUTS: readonly ReporterInput[] = [
  liveInput(liveResult(), placeOf),
  liveInput(VIOLATED, placeOf),
  ...(['broken', 'vacuous', 'unreliable', 'stopped', 'monotone'] as const).map((verdict) =>
    liveInput(liveResult({ verdict, reasons: [HOSTILE] }), placeOf),
  ),
  nodesInput(nodesResult()),
  nodesInput(NODES_VIOLATED),
  ...(['broken', 'vacuous', 'unreliable', 'stopped', 'monotone', 'kept'] as const).map((verdict) =>
    nodesInput(nodesResult({ verdict, reasons: [HOSTILE], broken: [HOSTILE] })),
  ),
  ...(['broken', 'kept', 'missed', 'not-tried'] as const).map((one) => replayInput(replayed({}, one), placeOf)),
  inputOf('1', [failedCheck('node a.js', 'echo', HOSTILE)], () => ''),
];

const textOf = (name: keyof typeof REPORTERS) => (input: ReporterInput) => REPORTERS[name](input);

test('valid by the schemas, and safe, whatever the names are', async () => {
  expect(await junitProblems(INPUTS.map(textOf('junit')))).toEqual([]);
  expect(INPUTS.map(textOf('sarif')).flatMap(sarifProblems)).toEqual([]);
  for (const name of ['text', 'json', 'junit', 'sarif', 'github', 'markdown', 'tap'] as const)
    expect([name, ...INPUTS.map(textOf(name)).flatMap(unprintable)]).toEqual([name]);
});

test('how a check stands, by verdict', () => {
  const standings = {
    live: {
      broken: 'failed',
      vacuous: 'failed',
      unreliable: 'inconclusive',
      stopped: 'inconclusive',
      monotone: 'passed',
    },
  } as const;
  for (const [verdict, standing] of Object.entries(standings.live)) {
    const one = { verdict: verdict as LiveResult['verdict'] };
    expect(liveInput(liveResult(one), placeOf).checks[0]?.standing).toBe(standing);
    expect(nodesInput(nodesResult(one)).checks[0]?.standing).toBe(standing);
  }
  expect(liveInput(VIOLATED, placeOf).checks[0]?.standing).toBe('failed');
  expect(nodesInput(NODES_VIOLATED).checks[0]?.standing).toBe('failed');
  const early = { verdict: 'stopped', stopped: 'aborted', experiments: 0 } as const;
  expect(liveInput(liveResult(early), placeOf).checks[0]?.standing).toBe('not-run');
  expect(nodesInput(nodesResult(early)).checks[0]?.standing).toBe('not-run');
});

test('services: annotations at the promise that is broken; kinds at the same calls are one finding', () => {
  const lines = REPORTERS.github(liveInput(VIOLATED, placeOf)).trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(
    /^::error file=ldfi\.live\.yaml,line=8,col=1,title=ldfi%3A ldfi\.live\.yaml POST \/orders::/,
  );
  expect(lines[0]).toContain(
    'expected: answer.status == 201, if pay POST /charges #1: answered with an error. (violated)',
  );
  expect(lines[0]).toContain('%0APOST http://127.0.0.1:3000/orders?x=1: 500 (without faults: 201)%0A');
  expect(lines[1]).toContain(',line=9,col=1,');
  const { results } = JSON.parse(REPORTERS.sarif(liveInput(VIOLATED, placeOf))).runs[0];
  expect(results.map(({ properties }: { properties: object }) => properties)).toMatchObject([
    { verdict: 'violated', counterexample: 1, alike: 1, counterexamples: 3 },
    { counterexample: 3, alike: 0, faults: ['status @ stock PUT /x #1'] },
  ]);
  expect(results[0].message.text).toContain('1 more counterexample like this: only kinds of faults differ.');
});

test('programs: in no file', () => {
  const input = nodesInput(NODES_VIOLATED);
  expect(REPORTERS.github(input)).toMatch(
    /^::error title=ldfi%3A node [^:]*echo::nothing is heard of it, if n0 → n1 tell /,
  );
  const [result] = JSON.parse(REPORTERS.sarif(input)).runs[0].results;
  expect(result.locations).toEqual([{ logicalLocations: [{ name: expect.stringMatching(/^node /), kind: 'module' }] }]);
  expect(REPORTERS.tap(input)).not.toContain('file:');
});

test('a replay: each counterexample is a check', () => {
  const standings = { broken: 'failed', kept: 'passed', missed: 'inconclusive', 'not-tried': 'inconclusive' } as const;
  const codes = { broken: 1, kept: 0, missed: 3, 'not-tried': 3 } as const;
  for (const one of ['broken', 'kept', 'missed', 'not-tried'] as const) {
    expect(replayInput(replayed({}, one), placeOf).checks[0]?.standing).toBe(standings[one]);
    expect(replayExit(replayed({}, one))).toBe(codes[one]);
  }
  const early = replayed({ broken: ['all'] }, 'not-tried');
  expect(replayInput(early, placeOf).checks[0]).toMatchObject({
    standing: 'failed',
    sentence: 'all, without any fault.',
  });
  expect(replayExit(early)).toBe(4);
  expect(replayInput(replayed({ stopped: true }, 'not-tried'), placeOf).checks[0]?.standing).toBe('not-run');
  expect(replayExit(replayed({ reasons: ['moody'] }))).toBe(3);
});

test('what could not be tried is an error in every report', () => {
  const input = inputOf('1', [failedCheck('node a.js', 'echo', 'it ended')], () => '');
  expect(REPORTERS.junit(input)).toContain('errors="1"');
  expect(REPORTERS.github(input)).toMatch(/^::error title=/);
  expect(REPORTERS.tap(input)).toMatch(/\nnot ok 1 - node a\.js echo\n/);
  expect(REPORTERS.text(input)).toContain('! it ended\n');
});
