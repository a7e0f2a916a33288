/**
 * What a node of a protocol may be, and steps of it: every step is taken by the protocol's own handlers, again, whoever
 * took it before.
 */
import { hashOf } from '../core/hash.js';
import { LdfiError } from '../core/invariant.js';
import { getOrMake } from '../core/memo.js';
import { type Work, wait } from '../core/work.js';
import { keyOf } from '../faults/kinds.js';
import type { Snapshot } from '../protocol/data/plain.js';
import type { ProtocolHost } from '../protocol/runtime/host.js';
import { operationsOf, type Stamped } from '../protocol/runtime/recorded.js';
import type { Final, Memory, Reached, SlotKind } from '../protocol/runtime/run.js';

/** All that a node will ever act on or be judged by. Equal ones are one object. */
export interface Being {
  readonly memory: Memory;
  readonly log: readonly Snapshot[];
  readonly past: readonly Stamped[];
  readonly failure: string | undefined;
  /** In the order in which they were met. */
  readonly id: number;
  /** The same for all with this memory. */
  readonly memoryId: number;
  /** Equal for equal ones, in every process. */
  readonly digest: string;
}

/** A node that has taken a step, and what it has sent in this tick, in order. */
export interface Moved {
  readonly being: Being;
  readonly sent: readonly { readonly to: number; readonly message: Snapshot }[];
}

/** A step to be taken: from a being (none for `init`), because of something. */
export interface Step {
  readonly node: number;
  readonly tick: number;
  readonly from: Moved | undefined;
  readonly kind: SlotKind;
  readonly messages: readonly Snapshot[];
}

const memoryKey = ({ state, timers, chance, asked }: Memory): string =>
  keyOf([state?.text ?? '-', JSON.stringify(timers), chance, JSON.stringify(asked)]);

/** Whether a timer fires first thing in a tick. */
export const isDue = ({ memory, failure }: Being): boolean =>
  failure === undefined && memory.timers.some(([, { left }]) => left === 0);

/** How a node ends. */
export const finalOf = ({ memory, log, past, failure }: Being, alive: boolean): Final => ({
  alive,
  state: memory.state?.copy,
  log: log.map(({ copy }) => copy),
  history: operationsOf(past),
  failure,
});

/** The beings that were met, and steps between them; a step that was taken is not taken again. */
export class Stepper {
  private readonly beings = new Map<string, Being>();
  private readonly memories = new Map<string, number>();
  private readonly mornings = new Map<Being, Being>();
  private readonly taken = new Map<string, Reached>();
  private readonly ways = new Map<string, Being>();

  constructor(private readonly host: ProtocolHost) {}

  /**
   * Where steps lead, in order. A node that has failed takes none.
   * @throws LdfiError for handlers that do what they must not, or not the same each time
   */
  *take(steps: readonly Step[]): Work<Moved[]> {
    const keyed = steps.map((step) => ({ step, key: stepKey(step) }));
    const missing = new Map(
      keyed.filter(({ step, key }) => !isFailed(step) && !this.taken.has(key)).map((it) => [it.key, it.step]),
    );
    const asked = [...missing];
    const requests = asked.map(([, { node, tick, from, kind, messages }]) => ({
      ...{ node, tick, kind, messages },
      memory: from?.being.memory,
    }));
    const replies = asked.length > 0 ? yield* wait(this.host.step(requests)) : [];
    for (const [i, [key]] of asked.entries()) this.taken.set(key, onlyOf(replies[i] ?? []));
    return keyed.map(({ step, key }) => this.moved(step, key, this.taken.get(key)));
  }

  /** The next morning: timers come nearer. A node that has failed has none. */
  later(being: Being): Being {
    return getOrMake(this.mornings, being, () => {
      const { timers } = being.memory;
      const nearer = timers.map(([name, { left, period }]) => [name, { left: left - 1, period }] as const);
      const memory = { ...being.memory, timers: being.failure === undefined ? nearer : [] };
      return this.being(memory, being.log, being.past, being.failure);
    });
  }

  private moved({ from, tick }: Step, key: string, reached: Reached | undefined): Moved {
    if (!reached) return from as Moved;
    const { state, timers, chance, asked, failure, sends, logged, recorded } = reached;
    const being = getOrMake(this.ways, `${from?.being.id} ${recorded.length > 0 ? tick : ''} ${key}`, () => {
      const log = [...(from?.being.log ?? []), ...logged];
      const past = [...(from?.being.past ?? []), ...recorded.map((event) => ({ ...event, tick }))];
      return this.being({ state, timers, chance, asked }, log, past, failure);
    });
    return { being, sent: sends.length > 0 ? [...(from?.sent ?? []), ...sends] : (from?.sent ?? []) };
  }

  private being(memory: Memory, log: Being['log'], past: Being['past'], failure: string | undefined): Being {
    const own = memoryKey(memory);
    const events = past.map(({ kind, number, tick, value }) => keyOf([kind, number, tick, value.text]));
    const key = keyOf([own, keyOf(log.map(({ text }) => text)), keyOf(events), failure ?? '']);
    return getOrMake(this.beings, key, () => {
      const memoryId = getOrMake(this.memories, own, () => this.memories.size);
      return { memory, log, past, failure, id: this.beings.size, memoryId, digest: hashOf(key) };
    });
  }
}

const isFailed = ({ from }: Step): boolean => from?.being.failure !== undefined;

const stepKey = ({ node, from, kind, messages }: Step): string =>
  keyOf([node, kind, from?.being.memoryId ?? -1, ...messages.map(({ text }) => text)]);

function onlyOf(reply: readonly Reached[] | LdfiError): Reached {
  if (reply instanceof LdfiError) throw reply;
  const keys = new Set(reply.map(reachedKey));
  const [first] = reply;
  if (!first || keys.size !== 1)
    throw new LdfiError('hidden-state', 'a handler does not do the same each time it is called');
  return first;
}

const reachedKey = (reached: Reached): string =>
  keyOf([
    memoryKey(reached),
    reached.failure ?? '',
    ...reached.sends.map(({ to, message }) => keyOf([to, message.text])),
    ...reached.logged.map(({ text }) => keyOf(['log', text])),
    ...reached.recorded.map(({ kind, number, value }) => keyOf([kind, number, value.text])),
  ]);
