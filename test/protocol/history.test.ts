/** What clients see: recorded by handlers, judged by the check, in this thread and in one of their own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import staleRead from '../../specs/typescript/stale-read.js';
import type { Scenario } from '../../src/faults/fault.js';
import { canonical, parseFaults } from '../../src/faults/scenario.js';
import { linearizable } from '../../src/history/linearizable.js';
import { models } from '../../src/history/models.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import { defineProtocol } from '../../src/protocol/define.js';
import type { AnyProtocol, Context, World } from '../../src/protocol/types.js';
import { LearnedProvenance } from '../../src/report/provenance/learned/provenance.js';
import { check } from '../../src/testing/check.js';
import { closeThreads } from '../../src/worker/live-threads.js';

interface State {
  open: string[];
}
type Ctx = Context<State, string>;

/** Two clients that write at once and complete what is oldest when b's answer comes. */
const clients = (seen: (world: World<State>) => void = () => undefined): AnyProtocol =>
  defineProtocol<State, string>({
    name: 'clients',
    nodes: ['a', 'b'],
    state: () => ({ open: [] }),
    durable: ['open'],
    actor: (id) => ({
      init(ctx) {
        ctx.state.open.push(ctx.invoke({ kind: 'write', value: id }));
        if (id === 'a') ctx.setPeriodic('more', 1);
      },
      onTimer(ctx) {
        ctx.state.open.push(ctx.invoke({ kind: 'read' }));
        ctx.send('b', 'x');
      },
      onMessage(ctx, from) {
        if (from === 'a') ctx.send('a', 'y');
        else ctx.complete(ctx.state.open.shift() ?? '', 'a');
      },
      onRestart: () => undefined,
    }),
    check: (world) => {
      seen(world);
      return linearizable(world.history, models.register()).kind === 'holds' ? 'holds' : { violated: 'no order' };
    },
  });

function scenarioOf(text: string): Scenario {
  const parsed = parseFaults(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return canonical(parsed.faults);
}

const BOUNDS = { eot: 4, eff: 3, crashes: 0, omissions: 0, restarts: 1 };

describe('world.history', () => {
  test('has the operations of all nodes by tick and node, with what came first at one tick', () => {
    let history: World<State>['history'] = [];
    const system = new ProtocolSystem(
      clients((world) => {
        history = world.history;
      }),
      BOUNDS,
    );
    system.plain([]);
    expect(history).toEqual([
      { client: 'a', op: { kind: 'write', value: 'a' }, invoked: 1, completed: 4, result: 'a', turns: [0, 4] },
      { client: 'b', op: { kind: 'write', value: 'b' }, invoked: 1, turns: [0] },
      { client: 'a', op: { kind: 'read' }, invoked: 2, turns: [1] },
      { client: 'a', op: { kind: 'read' }, invoked: 3, turns: [2] },
      { client: 'a', op: { kind: 'read' }, invoked: 4, turns: [3] },
    ]);
  });

  test('survives a restart, and operations go on being open', () => {
    let history: World<State>['history'] = [];
    const system = new ProtocolSystem(
      clients((world) => {
        history = world.history;
      }),
      { ...BOUNDS, eot: 5, eff: 4 },
    );
    system.plain(scenarioOf('restart a@[3,4)'));
    expect(history.filter(({ client }) => client === 'a')).toEqual([
      { client: 'a', op: { kind: 'write', value: 'a' }, invoked: 1, completed: 4, result: 'a', turns: [0, 2] },
      { client: 'a', op: { kind: 'read' }, invoked: 2, turns: [1] },
    ]);
  });
});

describe('a misuse', () => {
  const said = async (onTimer: (ctx: Ctx) => void): Promise<string> => {
    const protocol = defineProtocol<State, string>({
      name: 'misuse',
      nodes: ['a', 'b'],
      state: () => ({ open: [] }),
      actor: () => ({
        init: (ctx) => ctx.setTimer('t', 1),
        onTimer: (ctx) => {
          onTimer(ctx);
        },
      }),
      check: () => 'holds',
    });
    try {
      return (await check(protocol, { eot: 3, eff: 2 })).kind;
    } catch (error) {
      return String(error);
    }
  };

  test.each<[string, (ctx: Ctx) => void, string]>([
    ['an id of nobody’s', (ctx) => ctx.complete('x'), 'onTimer of a at tick 2 (timer "t"): ctx.complete: "x" is no op'],
    ['another node’s id', (ctx) => ctx.complete(`${ctx.peers[0]}#1`), '"b#1" is no operation of a. Give it what'],
    [
      'a completed id',
      (ctx) => {
        const id = ctx.invoke('w');
        ctx.complete(id);
        ctx.complete(id);
      },
      '"a#1" is completed already. Keep in ctx.state which operations are open',
    ],
    ['no id at all', (ctx) => ctx.complete(undefined as never), 'ctx.complete: undefined is no operation of a'],
    ['a function', (ctx) => void ctx.invoke({ f: () => 1 }), 'the operation, at .f, is a function'],
    ['a date', (ctx) => ctx.complete(ctx.invoke('w'), new Date(0)), 'the result is a Date'],
  ])('%s is refused in words', async (_, onTimer, words) => {
    expect(await said(onTimer)).toContain(words);
  });
});

describe('what is learned', () => {
  test('passes through JSON, and a walk sees the same history and outcome', async () => {
    const bounds = { eot: 9, eff: 9, crashes: 0, omissions: 0, partitions: 1 };
    const system = new ProtocolSystem(staleRead, bounds);
    const faults = scenarioOf('partition a|b,c@[2,8)');
    const run = await system.run(faults);
    await system.run([]);
    const known = JSON.parse(JSON.stringify(system.knowledge()));
    const of = new LearnedProvenance(known, system.space.bounds, [], 'stale-read');
    const it = of.case(faults);
    expect(it.run.outcome).toEqual(run.outcome);
    expect(it.run.walk.finals).toEqual(run.finals);
    const did = [8, 9].flatMap((tick) => ['a', 'b'].flatMap((node) => of.handlers(it, node, tick)));
    const effects = did.flatMap((handler) => handler.effects);
    expect(effects).toContain('completes write(1) at tick 8');
    expect(effects).toContain('invokes read() at tick 9');
    expect(it.of.roots(it).map(({ relation }) => relation)).toContain('history');
  });
});

describe('in a thread', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'ldfi-history-'));
  afterAll(() => {
    closeThreads();
    rmSync(scratch, { recursive: true, force: true });
  });

  test('a history is judged as it is here', async () => {
    const path = join(scratch, 'once.ts');
    writeFileSync(
      path,
      `import { defineProtocol, linearizable, models } from 'ldfi';
export default defineProtocol({
  name: 'once',
  nodes: ['a', 'b'],
  state: () => ({ value: null as number | null, open: '' }),
  actor: (id) => ({
    init(ctx) { if (id === 'a') { ctx.complete(ctx.invoke({ kind: 'write', value: 1 })); ctx.send('b', 1); } else ctx.setTimer('read', 2); },
    onMessage(ctx, _from, value: any) { ctx.state.value = value; },
    onTimer(ctx) { ctx.complete(ctx.invoke({ kind: 'read' }), ctx.state.value); },
  }),
  check: ({ history }) => {
    const answer = linearizable(history, models.register());
    return answer.kind === 'holds' ? 'holds' : { violated: answer.sentence };
  },
});
`,
    );
    const { kind, counterexamples } = await check(pathToFileURL(path), { eot: 4, eff: 3 });
    expect({ kind, counterexamples }).toMatchObject({
      kind: 'violated',
      counterexamples: [{ faults: [{ kind: 'omission', from: 'a', to: 'b', tick: 1 }] }],
    });
    expect(JSON.stringify(counterexamples)).toContain('a: write(1) at 1; b: read() at 3');
  });
});
