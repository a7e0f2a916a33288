/**
 * Where reports point: rules of Dedalus specs, handlers of protocols.
 */
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../src/faults/fault.js';
import { DedalusSystem } from '../../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../../src/lineage/learned/system.js';
import { defineProtocol } from '../../../src/protocol/define.js';
import { handlerToBlame, placeInModule, placeInProgram } from '../../../src/report/reporters/locate.js';
import type { CheckResult } from '../../../src/report/schema.js';
import { programFrom } from '../../support.js';
import { RESULT } from './support.js';

const [CHECK] = RESULT.checks as [CheckResult];
const NODES = ['a', 'b'];
const TEXT = `//! check name=one eot=4 eff=3 crashes=1 nodes=a,b
//! check eot=5 eff=3 crashes=1 nodes=a,b
send("a", "b")@1;
wanted("b")@1;
wanted(X)@next :- wanted(X);
got(Y)@async :- send(X, Y);
  echo(X)@async :- got(Y), from(Y, X);
from("b", "a")@2;
got(X)@next :- got(X);
pre(X) :- wanted(X);
post(X) :- got(X);
`;

describe('a Dedalus spec', () => {
  const program = programFrom(TEXT);
  const where = (check: Partial<CheckResult>, faults?: Scenario): [number, number] => {
    const system = new DedalusSystem(program, { eot: 4, eff: 3, crashes: 1, nodes: NODES });
    const place = placeInProgram(program, { ...CHECK, ...check }, faults && system.simulate(faults));
    return [place.line, place.column];
  };

  it('the rule that sent what was lost first', () => {
    expect(where({}, [{ kind: 'omission', from: 'a', to: 'b', tick: 1 }])).toEqual([6, 1]);
    expect(where({}, [{ kind: 'omission', from: 'b', to: 'a', tick: 2 }])).toEqual([7, 3]);
    expect(where({}, [{ kind: 'crash', node: 'a', tick: 1 }])).toEqual([6, 1]);
  });

  it('nothing was lost: the promise', () => {
    expect(where({}, [])).toEqual([11, 1]);
    expect(where({ verdict: 'vacuous' })).toEqual([10, 1]);
  });

  it('no counterexample: the line of the check', () => {
    expect(where({ verdict: 'holds', name: 'one' })).toEqual([1, 1]);
    expect(where({ verdict: 'inconclusive', name: 'check-2' })).toEqual([2, 1]);
  });

  it('none of that: the first line of the first file', () => {
    const bare = programFrom('p("a")@1;');
    expect(placeInProgram(bare, { ...CHECK, verdict: 'no-post' }, undefined)).toEqual({
      file: 'specs/a.ded',
      line: 1,
      column: 1,
    });
  });
});

describe('a protocol', () => {
  const pinging = defineProtocol({
    name: 'ping',
    nodes: NODES,
    state: () => ({ done: false }),
    actor: (id) => ({
      init(ctx) {
        if (id !== 'a') return;
        ctx.setTimer('ping', 1);
        ctx.send('a', 'self');
      },
      onMessage(ctx, from, message: string) {
        if (message === 'ping') ctx.send(from, 'pong');
        if (message === 'pong') ctx.state.done = true;
      },
      onTimer(ctx) {
        ctx.send('a', 'self');
        ctx.send('b', 'ping');
      },
    }),
    check: (world) => (world.state('a').done ? 'holds' : { violated: 'no pong' }),
  });

  const blamed = (protocol: typeof pinging, faults: Scenario): string =>
    handlerToBlame(new ProtocolSystem(protocol, { eot: 6, eff: 5, crashes: 1 }).simulate(faults));

  it('the handler that sent what was lost first', () => {
    expect(blamed(pinging, [{ kind: 'omission', from: 'a', to: 'b', tick: 2 }])).toBe('onTimer');
    expect(blamed(pinging, [{ kind: 'omission', from: 'b', to: 'a', tick: 3 }])).toBe('onMessage');
    expect(blamed(pinging, [])).toBe('check');
  });

  it('a handler that threw', () => {
    const actor = () => ({
      onMessage() {
        throw new Error('no');
      },
      init: pinging.definition.actor('a').init as never,
    });
    expect(blamed(defineProtocol({ ...pinging.definition, actor }), [])).toBe('onMessage');
  });

  const place = (text: string, protocol: string, handler?: 'init' | 'onMessage' | 'onTimer' | 'check'): string => {
    const { file, line, column } = placeInModule([{ path: 'p.ts', text }], protocol, handler);
    return `${file}:${line}:${column}`;
  };

  const MODULE = `// onMessage(ctx) { of a comment
import { defineProtocol } from 'ldfi';
const text = "onMessage(x) {";
const actor = { onMessage(ctx) {} };
export const one = defineProtocol({
  name: 'one',
  actor: (id) => ({
    init: (ctx) => actor.onTimer(ctx),
    onMessage(ctx, from, m: Map<string, (x: number) => void>) {},
    onTimer,
  }),
  check: () => 'holds',
});
export const two = defineProtocol<State>({
  name: \`two\`,
  actor: (id) => ({ onMessage: handle }),
});
`;

  it('handlers are found after the name of their protocol', () => {
    expect(place(MODULE, 'one', 'onMessage')).toBe('p.ts:9:5');
    expect(place(MODULE, 'two', 'onMessage')).toBe('p.ts:16:21');
    expect(place(MODULE, 'one', 'init')).toBe('p.ts:8:5');
    expect(place(MODULE, 'one', 'onTimer')).toBe('p.ts:10:5');
    expect(place(MODULE, 'one', 'check')).toBe('p.ts:12:3');
    expect(place(MODULE, 'nameless', 'onMessage')).toBe('p.ts:4:17');
  });

  it('without a handler: where the protocol is defined, or the first line', () => {
    expect(place(MODULE, 'one')).toBe('p.ts:5:20');
    expect(place(MODULE, 'two')).toBe('p.ts:14:20');
    expect(place('export default make();', 'one', 'onMessage')).toBe('p.ts:1:1');
    expect(placeInModule([], 'one', 'init')).toEqual({ file: '', line: 1, column: 1 });
  });

  it('handlers are found in modules that are imported', () => {
    const files = [
      { path: 'a.ts', text: "export default defineProtocol({ name: 'x', actor })" },
      { path: 'b.ts', text: 'export const actor = {\n  onTimer(ctx) {} };' },
    ];
    expect(placeInModule(files, 'x', 'onTimer')).toEqual({ file: 'b.ts', line: 2, column: 3 });
  });
});
