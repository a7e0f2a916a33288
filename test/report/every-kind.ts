/**
 * A program and a protocol whose promise one fault of nearly any kind breaks, searched kind by kind.
 */
import { makeBounds } from '../../src/faults/bounds.js';
import type { Bounds, Fault, Scenario } from '../../src/faults/fault.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { ProtocolSystem } from '../../src/lineage/learned/system.js';
import { defineProtocol } from '../../src/protocol/define.js';
import type { Case } from '../../src/report/provenance/case.js';
import { DedalusProvenance } from '../../src/report/provenance/dedalus/provenance.js';
import { learn } from '../../src/report/provenance/learned/knowledge.js';
import { LearnedProvenance } from '../../src/report/provenance/learned/provenance.js';
import { type CheckResult, checkResult } from '../../src/report/result.js';
import { search } from '../../src/search/search.js';
import { programFrom } from '../support.js';

/** What a knows, b is to have at tick 3 and to keep, and to hear once. */
export const PROGRAM = `
news("a", "x")@1;
peer("a", "b")@1;
peer(X, Y)@next :- peer(X, Y);
told(Y, P)@async :- news(X, P), peer(X, Y);
log(X, P)@next :- told(X, P);
log(X, P)@next :- log(X, P);
twice(X, P) :- told(X, P), log(X, P);
twice(X, P)@next :- twice(X, P);
pre(X, P) :- news(X, P)@1;
post(X, P) :- news(X, P)@1, peer(X, Y), log(Y, P), log(Y, P)@3, notin twice(Y, P);
`;

interface State {
  last: string;
  count: number;
  second: boolean;
}

/** What c sends comes last at b, and everything comes once and in time. */
const PROTOCOL = defineProtocol<State, string>({
  name: 'news',
  nodes: ['a', 'b', 'c'],
  state: () => ({ last: '', count: 0, second: false }),
  durable: ['count'],
  actor: (id) => ({
    init(ctx) {
      if (id !== 'b') ctx.send('b', id);
      if (id === 'a') ctx.setTimer('more', 3);
    },
    onMessage(ctx, _from, text) {
      if (text === 'second') ctx.state.second = true;
      else {
        ctx.state.last = text;
        ctx.state.count += 1;
      }
    },
    onTimer(ctx) {
      ctx.send('b', 'second');
    },
  }),
  check(world) {
    const { last, count, second } = world.state('b');
    return last === 'c' && count === 2 && second ? 'holds' : { violated: [['b', `has ${last}, ${count}, ${second}`]] };
  },
});

const NO_OTHERS = { eot: 6, eff: 5, crashes: 0, omissions: 0, maxCost: 1 } as const;

/** The bounds that ask for one kind, and a fault of it that breaks the promise. */
export const KINDS: Readonly<Record<Fault['kind'], Partial<Bounds>>> = {
  omission: { omissions: 1 },
  crash: { crashes: 1 },
  delay: { delay: 2 },
  dup: { dup: 2 },
  partition: { partitions: 1, oneWay: 1 },
  restart: { restarts: 1 },
  halt: { halts: 1 },
  skew: { skews: 1 },
  order: { orders: 1 },
};

/** Those that can do nothing to the program, which has no timers, and no inbox with an order. */
const NOT_IN_PROGRAMS: readonly string[] = ['skew', 'order'];

export interface Told {
  readonly name: string;
  readonly it: Case;
  readonly check: CheckResult;
  readonly bounds: Bounds;
  readonly kind: 'protocol' | undefined;
}

async function found(system: DedalusSystem | ProtocolSystem): Promise<CheckResult> {
  const asked = { name: 'all', bounds: system.space.bounds, expect: undefined };
  const isProtocol = system instanceof ProtocolSystem;
  const spec = { roots: ['news'], files: ['news'], ...(isProtocol && { kind: 'protocol' as const, protocol: 'news' }) };
  for await (const event of search<never>(system as never))
    if (event.kind === 'verdict') return checkResult(spec, asked, event.verdict);
  throw new Error('no verdict');
}

/** Every counterexample of one fault, of each kind, of the program and of the protocol. */
export async function everyKind(): Promise<Told[]> {
  const all: Told[] = [];
  const add = (kind: string, of: DedalusProvenance | LearnedProvenance, check: CheckResult): void => {
    for (const { faults } of check.counterexamples) {
      const it = of.case(faults as Scenario) as unknown as Case;
      const name = `${of.kind ?? 'program'} ${kind} ${JSON.stringify(faults)}`;
      all.push({ name, it, check, bounds: makeBounds(check.bounds), kind: of.kind });
    }
  };
  for (const [kind, asked] of Object.entries(KINDS)) {
    const bounds = { ...NO_OTHERS, ...asked };
    const program = new DedalusSystem(programFrom(PROGRAM), makeBounds({ ...bounds, nodes: ['a', 'b'] }));
    if (!NOT_IN_PROGRAMS.includes(kind)) add(kind, new DedalusProvenance(program), await found(program));
    const protocol = new ProtocolSystem(PROTOCOL, makeBounds({ ...bounds, nodes: ['a', 'b', 'c'] }));
    const check = await found(protocol);
    const learned = await learn(protocol, check);
    if ('missing' in learned) throw new Error(learned.missing);
    add(kind, new LearnedProvenance(JSON.parse(JSON.stringify(learned)), protocol.space.bounds, [], 'news'), check);
  }
  return all;
}
