/**
 * What a node sends in a tick, as formulas: by receiver, the batches that it may be, and when.
 *
 * Kept beside the σ's, slot by slot: no handler sees what was sent before it, so neither does a σ. Invariant: at most
 * one batch for a receiver is true; where none is, nothing is sent to it.
 */
import type { Circuit, Formula } from '../../core/circuit.js';
import { type Cases, Collector } from './cases.js';

export type Outbox = ReadonlyMap<number, Cases>;

/** An outbox in the making, of cases that exclude each other. */
export class OutboxCollector {
  private readonly parts = new Map<number, Collector>();

  add(to: number, batch: number, when: Formula): void {
    const part = this.parts.get(to) ?? new Collector();
    this.parts.set(to, part);
    part.add(batch, when);
  }

  /** All of an outbox, where a condition is true. */
  addAll(circuit: Circuit, outbox: Outbox, condition: Formula): void {
    for (const [to, cases] of outbox)
      for (const [batch, when] of cases) this.add(to, batch, circuit.and([when, condition]));
  }

  outbox(circuit: Circuit): Outbox {
    return new Map([...this.parts].map(([to, part]) => [to, part.cases(circuit)]));
  }
}

/**
 * What is sent in one slot and then in another.
 * @param joined both as one batch; undefined where no node does the one and then the other
 */
export function sentAfter(
  circuit: Circuit,
  first: Outbox,
  second: Outbox,
  joined: (to: number, earlier: number, later: number) => number | undefined,
): Outbox {
  if (second.size === 0) return first;
  const both = new OutboxCollector();
  for (const to of new Set([...first.keys(), ...second.keys()])) {
    const [before, after] = [first.get(to) ?? NONE, second.get(to) ?? NONE];
    const [noneBefore, noneAfter] = [before, after].map((cases) => -circuit.or([...cases.values()]));
    for (const [batch, when] of before) both.add(to, batch, circuit.and([when, noneAfter as Formula]));
    for (const [batch, when] of after) {
      both.add(to, batch, circuit.and([when, noneBefore as Formula]));
      for (const [earlier, sent] of before) {
        const one = joined(to, earlier, batch);
        if (one !== undefined) both.add(to, one, circuit.and([sent, when]));
      }
    }
  }
  return both.outbox(circuit);
}

const NONE: Cases = new Map();
