/**
 * Needs: what ways to keep the promise ask for, by number, and which of them are alike.
 *
 * Two needs have the same slot if they are the same message but for the tick; a slot becomes another one when two
 * nodes change places.
 */
import { getOrMake } from '../../core/memo.js';
import type { Condition } from './views.js';

export interface KeyedCondition extends Condition {
  /** Equal for needs that are alike; in it, names of nodes are strings in quotes, or numbers. */
  readonly content: string;
}

/** A promise, and the needs (numbers) that suffice to keep it. */
export interface PromiseSupport {
  readonly promise: string;
  readonly support: readonly number[];
}

/** Two nodes that change places. */
export type Swap = readonly [string, string];

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+/g;

export class Conditions {
  private readonly slots = new Map<string, number>();
  private readonly swapped = new Map<string, number>();
  private readonly contents: string[] = [];
  private readonly slotOf: readonly number[];

  constructor(private readonly all: readonly KeyedCondition[]) {
    this.slotOf = all.map(({ content }) => getOrMake(this.slots, content, () => this.contents.push(content) - 1));
  }

  of(condition: number): KeyedCondition {
    return this.all[condition] as KeyedCondition;
  }

  view(condition: number): Condition {
    const { id, text, tick, cut } = this.of(condition);
    return { id, text, tick, cut };
  }

  slot(condition: number): number {
    return this.slotOf[condition] as number;
  }

  /** The slot that is this one with two nodes exchanged; -1 if no need has it. */
  exchanged(slot: number, [a, b]: Swap): number {
    return getOrMake(this.swapped, `${slot} ${a}\n${b}`, () => {
      const swap = (name: string, like: string): string => (like.startsWith('"') ? JSON.stringify(name) : name);
      const content = (this.contents[slot] as string).replace(TOKEN, (token) => {
        const name = String(JSON.parse(token));
        return name === a ? swap(b, token) : name === b ? swap(a, token) : token;
      });
      return this.slots.get(content) ?? -1;
    });
  }

  /** In the order of time: messages as they are sent, by sender and receiver, then the rest. */
  inOrder(support: readonly number[]): number[] {
    const time = (condition: number): number => this.of(condition).tick ?? Number.MAX_SAFE_INTEGER;
    return [...support].sort((a, b) => time(a) - time(b) || (this.of(a).content < this.of(b).content ? -1 : 1));
  }
}
