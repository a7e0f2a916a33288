/**
 * A run with precedents is the run without them, on every spec and on random programs.
 */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { fileReader } from '../../src/cli/io/file-reader.js';
import { findSpecs } from '../../src/cli/io/files.js';
import { loadProgram } from '../../src/dedalus/load.js';
import type { Program } from '../../src/dedalus/program.js';
import type { Bounds, Scenario } from '../../src/faults/fault.js';
import { canonical } from '../../src/faults/scenario.js';
import { FaultSpace } from '../../src/faults/space.js';
import { resolveChecks } from '../../src/search/check.js';
import type { Run } from '../../src/simulator/run.js';
import { Schema } from '../../src/simulator/schema.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { randomSpec } from '../reference/random-program.js';
import { load } from '../reference/testing.js';
import { sized } from '../size.js';

/**
 * Scenarios that a reader may come by: one fault, another one with it, the other one alone, and so on round the space.
 */
function walk(space: FaultSpace, steps: number): Scenario[] {
  const { faults, bounds } = space;
  const stride = Math.max(1, Math.floor(faults.length / steps));
  const scenarios: Scenario[] = [[]];
  for (let i = 0; i < faults.length; i += stride) {
    const [here, next] = [faults[i], faults[(i * 7 + 3) % faults.length]];
    for (const some of [[here], [here, next]]) {
      const scenario = canonical(some.filter((fault) => fault !== undefined));
      if (scenario.filter(({ kind }) => kind === 'crash').length <= bounds.crashes) scenarios.push(scenario);
    }
  }
  return scenarios;
}

/** Ticks that were taken over, after each run was compared with one that evaluates everything. */
function compare(program: Program, bounds: Bounds, steps: number): number {
  const space = new FaultSpace(bounds);
  const simulator = new Simulator(new Schema(program, bounds.nodes), space);
  const known: Run[] = [];
  let taken = 0;
  for (const scenario of walk(space, steps)) {
    const whole = simulator.run(scenario, { trace: true, precedents: [] });
    const run = simulator.run(scenario, { trace: true, precedents: known.slice(-3) });
    // Much quicker than toEqual, which is only asked for the difference.
    if (!isDeepStrictEqual(run.raw, whole.raw)) expect(run.raw).toEqual(whole.raw);
    expect(inSets(run, program)).toEqual(inSets(simulator.run(scenario), program));
    const ticks = new Set(known.flatMap(({ raw }) => raw.made));
    taken += run.raw.made.filter((tick) => ticks.has(tick)).length;
    known.push(run);
  }
  return taken;
}

/** All of a run but the order of what happens at a tick. */
const inSets = (run: Run, program: Program) => ({
  outcome: run.outcome,
  messages: run
    .messages()
    .map((message) => JSON.stringify(message))
    .sort(),
  facts: [...program.relations.keys()].map((name) => Array.from({ length: run.eot }, (_, i) => run.rows(name, i + 1))),
});

describe('a run with precedents', () => {
  it.each(findSpecs(['specs']).specs)('is the run without them: %s', (path) => {
    const { program } = loadProgram([path], fileReader);
    if (!program) throw new Error('the spec does not load');
    for (const { bounds } of resolveChecks(program).slice(0, sized(3))) compare(program, bounds, 6);
  });

  it('is the run without them: random programs', () => {
    let taken = 0;
    const programs = sized(80, 8);
    for (let seed = 0; seed < programs; seed++) {
      const { text, bounds } = randomSpec(seed);
      taken += compare(load(text), bounds, 8);
    }
    expect(taken).toBeGreaterThan(programs);
  });

  it('takes over again what is the same again, though it came about in another order', () => {
    const nodes = ['a', 'b', 'c'];
    const links = nodes.flatMap((from) => nodes.map((to) => `node("${from}", "${to}")@1;`)).join(' ');
    const gossip = `${links} node(N, M)@next :- node(N, M);
      log("a", 1)@1; log(N, P)@next :- log(N, P); log(M, P)@async :- log(N, P), node(N, M); post(N, P) :- log(N, P);`;
    const bounds = { eot: 8, eff: 4, crashes: 0, nodes };
    const simulator = new Simulator(new Schema(load(gossip), nodes), new FaultSpace(bounds));
    const good = simulator.run([], { trace: true, precedents: [] });
    const omission = { kind: 'omission', from: 'a', to: 'b', tick: 1 } as const;
    const run = simulator.run([omission], { trace: true, precedents: [good] });
    expect(run.raw.made.map((tick, at) => tick === good.raw.made[at])).toEqual([
      false,
      ...[false, false, true, true, true, true, true, true],
    ]);
  });
});
