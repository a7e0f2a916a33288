/**
 * A draft as a protocol, and its runs on the naive simulator.
 */
import { prng } from '../../../src/core/prng.js';
import type { Scenario } from '../../../src/faults/fault.js';
import type { ProtocolDefinition } from '../../../src/protocol/types.js';
import type { Clock } from '../scenarios.js';
import { actorOf, type Message, type State, startOf } from './behave.js';
import type { Draft } from './draft.js';
import { checkOf } from './judge.js';
import { type NaiveRun, naiveRun, type RandomOf } from './naive.js';

export function definitionOf(draft: Draft): ProtocolDefinition<State, Message> {
  return {
    name: 'random',
    nodes: draft.bounds.nodes,
    seed: draft.seed,
    state: (id) => startOf(draft, id),
    ...(draft.durable && { durable: draft.durable as readonly (keyof State)[] }),
    actor: () => actorOf(draft),
    check: checkOf(draft),
    ...(draft.always && { always: checkOf(draft.always) }),
  };
}

/** Runs the scenarios of a draft. */
export function naively(draft: Draft, clock?: Clock): (scenario: Scenario) => NaiveRun {
  const definition = definitionOf(draft);
  return (scenario) => naiveRun(definition, draft.bounds, scenario, randomOf, clock);
}

/** The sequence of `ctx.random`: mulberry32 from a hash (FNV-1a) of the mixed seed and the name. */
const randomOf: RandomOf = (seed, id) => {
  let hash = mixed((2166136261 ^ seed) >>> 0);
  for (const letter of id) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
  const below = prng(hash);
  return () => below(2 ** 32) / 2 ** 32;
};

/** What mulberry32 gives when its state has just become `state`. */
const mixed = (state: number): number => prng((state - 0x6d2b79f5) >>> 0)(2 ** 32);
