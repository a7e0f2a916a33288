/**
 * The table of learned transitions: what a node does in one slot of a tick, (node, σ, slot, messages) → σ′, as far as
 * it is known.
 *
 * σ is all that the node will ever act on or be judged by: state, log, relative timers, random generator, which
 * operations are open, and its past: what became of operations, and when. Beside it, σ′ says what was sent in the slot.
 * Everything is interned, so a σ is a number. No handler sees what was sent before, so it is no part of the σ that a
 * slot starts from; nor can it read the past, and only the past has ticks, so a transition is kept without it, and says
 * what is added to it. The transitions speak of no tick and no run; all runs share them. The table can be written down
 * and read back, handlers are not needed to use it.
 */
import { Sequences } from '../../core/sequences.js';
import { Snapshot } from '../../protocol/data/plain.js';
import { NOTHING_ASKED, operationsOf } from '../../protocol/runtime/recorded.js';
import type { Final, Memory, Reached } from '../../protocol/runtime/run.js';
import { Interner } from './interner.js';
import { Pasts } from './pasts.js';

/** A number for a σ. */
export type Sigma = number;

/** Slot of a tick: 0 for the timers, -1 for a restart, 1 + sender for what one sender sent at one tick. */
export const TIMERS = 0;
/** That the node comes back. */
export const RESTART = -1;
export const inboxOf = (sender: number): number => 1 + sender;

/** A batch: what one sender sent to one node in one tick; 0 is nothing. */
export const NOTHING = 0;
/** Any batch that was not met yet, so that of none of them a transition is known. */
const NEW = -1;

/** The log, and the past, of a node that has done nothing. */
export const EMPTY = { log: 0, past: 0 } as const;

/** Where a σ has what was sent, its failure, its open operations, and its past, among its parts. */
const OUT = 4;
const FAILURE = 5;
const ASKED = 6;
const PAST = 7;

/** What a σ is made of, each part a number; `out` is what was sent in the slot that led to it. */
interface Parts {
  readonly state: number;
  readonly timers: number;
  readonly chance: number;
  readonly log: number;
  readonly out: number;
  readonly failure: number;
  readonly asked: number;
  readonly past: number;
}

/** What was sent in a slot or in a tick: batches other than nothing by receiver, in the order of nodes. */
export type Sends = readonly { readonly to: number; readonly batch: number }[];

export class Table {
  private readonly states = new Interner<Snapshot | undefined>();
  private readonly timers = new Interner<Memory['timers']>();
  private readonly asked = new Interner<Memory['asked']>();
  private readonly messages = new Interner<Snapshot>();
  private readonly failures = new Interner<string | undefined>();
  /** Logs, what was sent, and pasts are lists: [rest, item…]; 0 is the empty one. */
  private readonly lists = new Sequences();
  private readonly pasts = new Pasts(this.lists, this.messages);
  private readonly batches = new Sequences();
  /** Beginnings of batches that were met: what several slots send becomes one of those step by step. */
  private readonly beginnings = new Sequences();
  private readonly sigmas = new Sequences();
  private readonly keys = new Sequences();
  private readonly targets: Sigma[] = [];
  private readonly mornings: (Sigma | undefined)[] = [];
  private readonly sendsOf: (Sends | undefined)[] = [];
  protected readonly initials: (Sigma | undefined)[] = [];
  private readonly finals = new Map<string, { readonly id: number; readonly final: Final }>();

  /** @param nodes the protocol's, in order */
  constructor(readonly nodes: readonly string[]) {
    this.lists.intern([]);
    this.batches.intern([]);
    this.failures.intern('', undefined);
    this.asked.intern(JSON.stringify(NOTHING_ASKED), NOTHING_ASKED);
  }

  /** How many transitions are known. */
  get size(): number {
    return this.targets.length;
  }

  get sigmaCount(): number {
    return this.sigmas.size;
  }

  /** The σ after `init`, if it is known. */
  start(node: number): Sigma | undefined {
    return this.initials[node];
  }

  /** Where a transition leads at a tick, if it is known. */
  known(node: number, sigma: Sigma, slot: number, batch: number, tick: number): Sigma | undefined {
    const reached = this.targets[this.numberOf(node, sigma, slot, batch)];
    if (reached === undefined) return undefined;
    const [past, added] = [this.sigmas.at(sigma, PAST), this.sigmas.at(reached, PAST)];
    return past === 0 && added === 0 ? reached : this.withPast(reached, this.pasts.joined(past, added, tick));
  }

  /** The number of a transition; -1 if it is not known. */
  protected numberOf(node: number, sigma: Sigma, slot: number, batch: number): number {
    return this.keys.find([node, this.bare(sigma), slot, batch]);
  }

  /**
   * The σ that a node has reached in a slot.
   * @param before its log and its past before
   * @param tick of what is added to the past
   */
  sigmaOf(reached: Reached, before: Pick<Parts, 'log' | 'past'>, tick: number): Sigma {
    const { state, timers, chance, failure, asked, sends, logged, recorded } = reached;
    let [log, out] = [before.log, 0];
    for (const fact of logged) log = this.lists.intern([log, this.messages.intern(fact.text, fact)]);
    for (const { to, message } of sends)
      out = this.lists.intern([out, to, this.messages.intern(message.text, message)]);
    return this.sigmas.intern([
      this.states.intern(state?.text ?? '', state),
      this.timers.intern(timers.length === 0 ? '[]' : JSON.stringify(timers), timers),
      // Sequences hold 32-bit integers.
      chance | 0,
      log,
      out,
      this.failures.intern(failure ?? '', failure),
      asked === NOTHING_ASKED ? 0 : this.asked.intern(JSON.stringify(asked), asked),
      this.pasts.after(before.past, recorded, tick),
    ]);
  }

  parts(sigma: Sigma): Parts {
    const [state = 0, timers = 0, chance = 0, log = 0, out = 0, failure = 0, asked = 0, past = 0] =
      this.sigmas.get(sigma);
    return { state, timers, chance, log, out, failure, asked, past };
  }

  private withPast(sigma: Sigma, past: number): Sigma {
    if (this.sigmas.at(sigma, PAST) === past) return sigma;
    return this.sigmas.intern(this.sigmas.get(sigma).with(PAST, past));
  }

  /** Whether timers fire first thing in a tick that starts with σ. */
  hasDue(sigma: Sigma): boolean {
    return this.timers.get(this.sigmas.at(sigma, 1)).some(([, { left }]) => left === 0);
  }

  failed(sigma: Sigma): boolean {
    return this.sigmas.at(sigma, FAILURE) !== 0;
  }

  /** The σ with which the next tick starts: timers come nearer. */
  morning(sigma: Sigma): Sigma {
    this.mornings[sigma] ??= this.makeMorning(sigma);
    return this.mornings[sigma];
  }

  /** The same σ, from which the next slot starts: nothing changes but that what was sent is gone. */
  still(sigma: Sigma): Sigma {
    if (this.failed(sigma)) return this.morning(sigma);
    return this.sigmas.at(sigma, OUT) === 0 ? sigma : this.sigmas.intern(this.sigmas.get(sigma).with(OUT, 0));
  }

  /** What was sent in the slot that led to σ. */
  sends(sigma: Sigma): Sends {
    this.sendsOf[sigma] ??= this.makeSends(sigma);
    return this.sendsOf[sigma];
  }

  /** What was sent in one slot and then in another. @param grows whether batches that were not met get a number */
  joined(first: number, second: number, grows = true): number {
    if (first === NOTHING || second === NOTHING) return first + second;
    if (first === NEW || second === NEW) return NEW;
    const both = [...this.batches.get(first), ...this.batches.get(second)];
    return grows || this.beginnings.find(both) >= 0 ? this.batches.intern(both) : this.batches.find(both);
  }

  /** The batch of these messages. */
  batch(messages: readonly Snapshot<unknown>[]): number {
    const ids = messages.map((message) => this.messages.intern(message.text, message));
    const { size } = this.batches;
    const batch = this.batches.intern(ids);
    if (batch === size) for (let end = 1; end < ids.length; end++) this.beginnings.intern(ids, 0, end);
    return batch;
  }

  messagesOf(batch: number): Snapshot<unknown>[] {
    return this.batches.get(batch).map((id) => this.messages.get(id));
  }

  /** @param reached with nothing in its past but what is added to it */
  protected record(node: number, sigma: Sigma, slot: number, batch: number, reached: Sigma): void {
    this.targets[this.keys.intern([node, this.bare(sigma), slot, batch])] = reached;
  }

  /** σ as a transition is kept of it: without a past. */
  protected bare(sigma: Sigma): Sigma {
    return this.withPast(sigma, 0);
  }

  /** What a node that ends in σ is judged by, and a number that is equal where that is equal. */
  final(sigma: Sigma, alive: boolean): { readonly id: number; readonly final: Final } {
    const { state, log, failure, past } = this.parts(sigma);
    const key = `${state} ${log} ${failure} ${past} ${alive}`;
    let known = this.finals.get(key);
    if (!known) {
      const final: Final = {
        alive,
        state: this.states.get(state)?.copy,
        log: this.logItems(log).map(({ copy }) => copy),
        history: operationsOf(this.pasts.events(past)),
        failure: this.failures.get(failure),
      };
      known = { id: this.finals.size, final };
      this.finals.set(key, known);
    }
    return known;
  }

  /** What a node in σ starts its next handler with. */
  memory(sigma: Sigma): Memory {
    const { state, timers, chance, asked } = this.parts(sigma);
    return {
      state: this.states.get(state),
      timers: this.timers.get(timers),
      chance: chance >>> 0,
      asked: this.asked.get(asked),
    };
  }

  /** The facts that a node in σ has logged, as text, in order. */
  logText(sigma: Sigma): string[] {
    return this.logItems(this.parts(sigma).log).map(({ text }) => text);
  }

  /** The state of σ as text. */
  stateText(sigma: Sigma): string {
    return this.states.textOf(this.sigmas.at(sigma, 0));
  }

  private logItems(list: number): Snapshot<unknown>[] {
    const facts: Snapshot<unknown>[] = [];
    for (let at = list; at !== 0; at = this.lists.at(at, 0)) facts.push(this.messages.get(this.lists.at(at, 1)));
    return facts.reverse();
  }

  /** What was sent in the slot that led to σ, in order. */
  outbox(sigma: Sigma): { readonly to: number; readonly message: Snapshot<unknown> }[] {
    return this.outItems(sigma).map(({ to, message }) => ({ to, message: this.messages.get(message) }));
  }

  private outItems(sigma: Sigma): { readonly to: number; readonly message: number }[] {
    const sent: { readonly to: number; readonly message: number }[] = [];
    for (let at = this.sigmas.at(sigma, OUT); at !== 0; at = this.lists.at(at, 0))
      sent.push({ to: this.lists.at(at, 1), message: this.lists.at(at, 2) });
    return sent.reverse();
  }

  private makeSends(sigma: Sigma): Sends {
    const sent = this.outItems(sigma);
    return [...new Set(sent.map(({ to }) => to))]
      .sort((a, b) => a - b)
      .map((to) => ({
        to,
        batch: this.batches.intern(sent.filter((one) => one.to === to).map(({ message }) => message)),
      }));
  }

  private makeMorning(sigma: Sigma): Sigma {
    const { state, timers, chance, log, failure, asked, past } = this.parts(sigma);
    const later = this.timers
      .get(timers)
      .map(([name, { left, period }]) => [name, { left: left - 1, period }] as const);
    // A node that has failed does nothing more.
    const kept = failure === 0 ? later : [];
    const set = this.timers.intern(JSON.stringify(kept), kept);
    return this.sigmas.intern([state, set, chance, log, 0, failure, asked, past]);
  }

  /** Whether any timer fires, any message arrives, any is sent, and any node comes back, in all that is known. */
  activity(): Readonly<Record<'fires' | 'receives' | 'sends' | 'returns', boolean>> {
    let sends = false;
    for (let sigma = 0; sigma < this.sigmas.size && !sends; sigma++) sends = this.sigmas.at(sigma, OUT) !== 0;
    const slots = new Set(this.targets.map((_, key) => this.keys.at(key, 2)));
    return {
      fires: slots.has(TIMERS),
      receives: [...slots].some((slot) => slot > TIMERS),
      sends,
      returns: slots.has(RESTART),
    };
  }

  /** All of it as plain numbers and texts. */
  data(): TableData {
    const all = (sequences: Sequences): number[][] =>
      Array.from({ length: sequences.size }, (_, id) => sequences.get(id));
    return {
      nodes: [...this.nodes],
      states: this.states.allTexts(),
      timers: this.timers.allTexts(),
      messages: this.messages.allTexts(),
      failures: this.failures.allTexts(),
      lists: all(this.lists),
      batches: all(this.batches),
      sigmas: all(this.sigmas).map((sigma) => (sigma[ASKED] || sigma[PAST] ? sigma : sigma.slice(0, ASKED))),
      transitions: all(this.keys).map((key, i) => [...key, this.targets[i] as Sigma]),
      initials: this.nodes.map((_, node) => this.initials[node] ?? -1),
      ...(this.asked.size > 1 && { asked: this.asked.allTexts() }),
    };
  }

  /** The table that was written down as `data`. */
  static from(data: TableData): Table {
    const table = new Table(data.nodes);
    for (const text of data.states) table.states.intern(text, text === '' ? undefined : Snapshot.fromText(text));
    for (const text of data.timers) table.timers.intern(text, JSON.parse(text) as Memory['timers']);
    for (const text of data.asked ?? []) table.asked.intern(text, JSON.parse(text) as Memory['asked']);
    for (const text of data.messages) table.messages.intern(text, Snapshot.fromText(text));
    for (const text of data.failures) table.failures.intern(text, text === '' ? undefined : text);
    for (const list of data.lists) table.lists.intern(list);
    for (const batch of data.batches) table.batches.intern(batch);
    for (const sigma of data.sigmas) table.sigmas.intern([...sigma, 0, 0].slice(0, PAST + 1));
    for (const [node = 0, sigma = 0, slot = 0, batch = 0, reached = 0] of data.transitions)
      table.record(node, sigma, slot, batch, reached);
    data.initials.forEach((sigma, node) => {
      if (sigma >= 0) table.initials[node] = sigma;
    });
    return table;
  }
}

/** A table as data; positions in the lists are the numbers that the others use. */
export interface TableData {
  readonly nodes: readonly string[];
  readonly states: readonly string[];
  readonly timers: readonly string[];
  readonly messages: readonly string[];
  readonly failures: readonly string[];
  readonly lists: readonly (readonly number[])[];
  readonly batches: readonly (readonly number[])[];
  /** Without operations and past where there are none. */
  readonly sigmas: readonly (readonly number[])[];
  /** [node, σ, slot, batch, σ′] each. */
  readonly transitions: readonly (readonly number[])[];
  /** By node; -1 if not known. */
  readonly initials: readonly number[];
  /** Absent where no operation was recorded. */
  readonly asked?: readonly string[] | undefined;
}
