/**
 * A run: what one scenario made of a program. Kept as interned tuples; rows are decoded when asked for.
 */

import type { Outcome } from '../core/outcome.js';
import { compareRows, type Row } from '../core/value.js';
import type { Rule } from '../dedalus/ast.js';
import { durableRelations } from '../dedalus/stops.js';
import type { Scenario } from '../faults/fault.js';
import type { Schema } from './schema.js';

/** A fact of one tick, decoded. */
export interface RunFact {
  readonly relation: string;
  readonly row: Row;
  readonly tick: number;
}

/** One message: a head of an async rule on its way. */
export interface Message {
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  readonly relation: string;
  readonly row: Row;
  /** The ticks at which it arrived, within the end of time. */
  readonly at: readonly number[];
  /** Lost to a fault (not merely to the end of time). */
  readonly lost: boolean;
  /** Its number in its slot, where messages have fates of their own. */
  readonly nth?: number | undefined;
  /** Position of the rule that sent it among the program's rules. */
  readonly rule: number;
}

/** A rule that fired: its head and the facts that its positive subgoals matched, in body order. Only in traced runs. */
export interface Firing {
  readonly rule: number;
  readonly tick: number;
  readonly head: RunFact;
  readonly body: readonly RunFact[];
}

/** Interned forms, as the simulator records them. */
export interface RawMessage {
  readonly rule: number;
  readonly from: number;
  readonly to: number;
  readonly sent: number;
  readonly relation: number;
  readonly tuple: number;
  /** The ticks at which it arrived, within the end of time. */
  readonly at: readonly number[];
  readonly lost: boolean;
  /** Its number in its slot, where messages have fates of their own. */
  readonly nth?: number;
}

export interface RawFiring {
  readonly rule: number;
  readonly tick: number;
  readonly headTick: number;
  readonly tuple: number;
  /** Pairs of body literal and matched tuple. */
  readonly body: readonly (readonly [number, number])[];
}

/**
 * What entered a tick of a traced run and what the tick made: enough to take it over into another run (`precedent.ts`).
 */
export interface RawTick {
  /** What the tick before induced and what arrived, as [relation, tuple], in order. */
  readonly entering: readonly (readonly [number, number])[];
  /** Whether each node runs its rules, and whether its clock stands still; empty where that is always so. */
  readonly running: readonly boolean[];
  /** What will enter later ticks, as [tick, relation, tuple]. */
  readonly leaving: readonly (readonly [number, number, number])[];
  readonly messages: readonly RawMessage[];
  /** Per message, all ticks at which it arrives, those after the end of time too. */
  readonly arrivals: readonly (readonly number[])[];
  readonly firings: readonly RawFiring[];
  readonly undefinedIn: ReadonlySet<Rule>;
}

export interface RawRun {
  readonly scenario: Scenario;
  /** Tuple ids by tick (1..EOT), then relation id. */
  readonly ticks: readonly (readonly Int32Array[])[];
  readonly messages: readonly RawMessage[];
  /** The ticks apart, 1..EOT, with what fired at each; empty if the run is not traced. */
  readonly made: readonly RawTick[];
  readonly outcome: Outcome;
  /** By position of the program's rules: 1 for those that fired. */
  readonly fired: Uint8Array;
  /** Rules in which arithmetic was undefined (a string operand, a division by zero, an overflow). */
  readonly undefinedIn: readonly Rule[];
}

export class Run {
  constructor(
    private readonly schema: Schema,
    readonly raw: RawRun,
  ) {}

  get scenario(): Scenario {
    return this.raw.scenario;
  }

  get outcome(): Outcome {
    return this.raw.outcome;
  }

  /** The last tick. */
  get eot(): number {
    return this.raw.ticks.length - 1;
  }

  /** Names of the relations that a node still has when it comes back. */
  get durable(): string[] {
    return durableRelations(this.schema.program);
  }

  /** Number of facts over all ticks. */
  get size(): number {
    return this.raw.ticks.reduce((sum, tick) => sum + tick.reduce((n, tuples) => n + tuples.length, 0), 0);
  }

  /** Rows of a relation at a tick, sorted; empty for an unknown relation or tick. */
  rows(relation: string, tick: number): Row[] {
    const found = this.schema.findRelation(relation);
    if (!found) return [];
    const tuples = this.raw.ticks[tick]?.[found.id] ?? [];
    return Array.from(tuples, (tuple) => found.row(tuple, this.schema.values)).sort(compareRows);
  }

  /** All messages, by tick of sending, in order of sending. */
  messages(): Message[] {
    const { schema } = this;
    return this.raw.messages.map((message) => ({
      from: schema.nodes[message.from] as string,
      to: schema.nodes[message.to] as string,
      sent: message.sent,
      relation: (schema.relations[message.relation] as { name: string }).name,
      row: this.decode(message.relation, message.tuple),
      at: message.at,
      lost: message.lost,
      nth: message.nth,
      rule: message.rule,
    }));
  }

  /** All rule firings of a traced run, in order of evaluation. */
  firings(): Firing[] {
    const firings = this.raw.made.flatMap((made) => made.firings);
    return firings.map(({ rule, tick, headTick, tuple, body }) => {
      const { head, body: literals } = (this.schema.rules[rule] as { rule: Rule }).rule;
      const matched = body.map(([literal, id]): RunFact => {
        const subgoal = literals[literal] as Rule['body'][number] & { kind: 'subgoal' };
        return this.fact(subgoal.atom.relation, id, subgoal.tick ?? tick);
      });
      return { rule, tick, head: this.fact(head.relation, tuple, headTick), body: matched };
    });
  }

  private fact(relation: string, tuple: number, tick: number): RunFact {
    return { relation, row: this.decode(this.schema.relation(relation).id, tuple), tick };
  }

  private decode(relation: number, tuple: number): Row {
    const found = this.schema.relations[relation];
    return found ? found.row(tuple, this.schema.values) : [];
  }
}
