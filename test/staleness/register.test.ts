/**
 * The quorum register of `specs/typescript`, run on the simulator under sampled delays, against WARS: every run alone,
 * and all of them together.
 */
import { expect, test } from 'vitest';
import { quorumRegister } from '../../specs/typescript/quorum-register.js';
import { shareInterval } from '../../src/core/intervals.js';
import { uniformStream } from '../../src/core/stream.js';
import { makeBounds } from '../../src/faults/bounds.js';
import type { Fault } from '../../src/faults/fault.js';
import { FaultSpace } from '../../src/faults/space.js';
import { deliveryOf } from '../../src/protocol/runtime/delivery.js';
import { Simulator } from '../../src/protocol/runtime/simulator.js';
import { drawsOf, type LatencyModel } from '../../src/staleness/latency.js';
import { MODELS, type ModelName } from '../../src/staleness/models.js';
import type { Quorum } from '../../src/staleness/quorum.js';
import { judgeOf } from '../../src/staleness/wars.js';
import { sized } from '../size.js';
import { samplesOf } from './support.js';

/** Longest way of a message, in ticks, and a time at which everything has arrived. */
const LONGEST = 24;
const EOT = 4 * LONGEST + 2;

/** A model in whole ticks, each way as probable as it was among these many. @param tick in ms */
function inTicks(model: LatencyModel, tick: number): LatencyModel {
  const uniform = uniformStream(7, 7);
  const [W = [], A, R, S] = drawsOf(model).map((draw) => [
    {
      weight: 1,
      measured: Array.from({ length: 4_000 }, () => Math.min(LONGEST, Math.max(1, Math.ceil(draw(uniform) / tick)))),
    },
  ]);
  return { name: 'ticks', W, A, R, S, remote: 0 };
}

type Ways = [w: Float64Array, a: Float64Array, r: Float64Array, s: Float64Array];

/** Runs the protocol with these ways, and says what the client reads. */
function clientOf({ n, r, w }: Quorum): (ways: Ways) => number | null {
  const protocol = quorumRegister({ n, r, w, patience: EOT }, 'register', []);
  const simulator = new Simulator(protocol);
  const bounds = makeBounds({ eot: EOT, eff: EOT, crashes: 0, delay: LONGEST, nodes: protocol.nodes });
  const space = new FaultSpace(bounds);
  return ([ws, as, rs, ss]) => {
    const done = [...ws].map((way, i) => 1 + way + (as[i] ?? 0)).sort((x, y) => x - y)[w - 1] ?? 0;
    const late = new Map<string, Fault>();
    const take = (from: string, to: string, tick: number, way = 0): void => {
      late.set(`${from} ${to} ${tick}`, { kind: 'delay', from, to, tick, by: way - 1 });
    };
    for (let i = 0; i < n; i++) {
      const replica = `replica${i + 1}`;
      take('client', replica, 1, ws[i]);
      take('client', replica, done, rs[i]);
      take(replica, 'client', 1 + (ws[i] ?? 0), as[i]);
      // Where the read comes together with the write, which is done without this replica, the answer to both is this.
      take(replica, 'client', done + (rs[i] ?? 0), ss[i]);
    }
    const faults = [...late.values()].filter((fault) => 'by' in fault && fault.by > 0);
    const { finals } = simulator.run(EOT, deliveryOf(space, faults));
    const state = finals[protocol.nodes.indexOf('client')]?.state as { returned: number | null } | undefined;
    return state?.returned ?? null;
  };
}

test.each([
  ['disk', 0.5, { n: 3, r: 1, w: 1 }],
  ['disk', 1, { n: 3, r: 2, w: 1 }],
  ['ymmr', 2, { n: 5, r: 1, w: 2 }],
  ['ssd', 0.1, { n: 3, r: 2, w: 2 }],
] as const)('%s in ticks of %f ms, %o: the register reads as WARS says', (name: ModelName, tick, register) => {
  const model = inTicks(MODELS[name], tick);
  const draws = drawsOf(model);
  const uniform = uniformStream(3, 3);
  const read = clientOf(register);
  const judge = judgeOf(register);
  const runs = sized(4_000, 300);
  let consistent = 0;
  for (let i = 0; i < runs; i++) {
    const ways = draws.map((draw) => Float64Array.from({ length: register.n }, () => draw(uniform))) as Ways;
    const returned = read(ways);
    expect(returned).toBe(judge(...ways).visible <= 0 ? 1 : 0);
    if (returned === 1) consistent++;
  }
  const { visible } = samplesOf(register, model, { samples: 100_000, seed: 11 });
  const share = visible.filter((time) => time <= 0).length / visible.length;
  // An interval of 95 %, and half as much again: there are several.
  const [least, most] = shareInterval(consistent, runs);
  const slack = (most - least) / 4;
  expect(share).toBeGreaterThanOrEqual(least - slack);
  expect(share).toBeLessThanOrEqual(most + slack);
  if (register.r + register.w <= register.n) expect(share).toBeLessThan(0.99);
});
