/**
 * A walk, told: what every node keeps at every tick, which messages arrive, and where two tellings part.
 *
 * Handlers are functions of what a node keeps and of what it receives. So where a node is otherwise than in another run, the first thing that was otherwise is
 * a message that arrived in one of them only, or its crash. All 'why's follow from that.
 */
import type { Fault } from '../../faults/fault.js';
import type { Table } from '../../lineage/learned/table.js';
import type { Walk, WalkMail, WalkStep } from '../../lineage/learned/walk.js';
import { type Entry, entriesOf, keyOfEntry } from './entries.js';
import { entryKey, type FactKey, messageOf } from './facts.js';

export type Entries = ReadonlyMap<string, Entry>;

/** Entries per σ; shared by all tellings of one table. */
export class EntryCache {
  private readonly kept: (Entries | undefined)[] = [];

  constructor(readonly table: Table) {}

  of(sigma: number): Entries {
    let entries = this.kept[sigma];
    if (!entries) {
      const { final } = this.table.final(sigma, true);
      entries = new Map(entriesOf(final).map((entry) => [keyOfEntry(entry), entry]));
      this.kept[sigma] = entries;
    }
    return entries;
  }
}

/** Why a node's past is another one than in another run: a message lacks, or is one too many, or it has crashed. */
export type Difference =
  | { readonly kind: 'lacks' | 'extra'; readonly mail: WalkMail; readonly tick: number }
  | { readonly kind: 'crash'; readonly fault: Fault };

export class Told {
  private readonly arrived = new Map<string, WalkMail>();
  private readonly sent = new Map<string, WalkMail>();

  constructor(
    readonly walk: Walk,
    readonly nodes: readonly string[],
    private readonly cache: EntryCache,
  ) {
    for (const mail of walk.mails) {
      this.sent.set(sentKey(mail), mail);
      for (const tick of mail.at) this.arrived.set(`${sentKey(mail)} ${tick}`, mail);
    }
  }

  get table(): Table {
    return this.cache.table;
  }

  get eot(): number {
    return this.walk.eot;
  }

  steps(node: number): readonly WalkStep[] {
    return this.walk.steps[node] ?? [];
  }

  /** Entries of a node at the end of a tick; 0 is right after `init`. */
  entries(node: number, tick: number): Entries {
    const sigma = this.walk.ends[node]?.[tick];
    return sigma === undefined ? new Map() : this.cache.of(sigma);
  }

  entriesAt(sigma: number): Entries {
    return this.cache.of(sigma);
  }

  /** Timers of a node that is up, at the end of a tick. */
  timers(node: number, tick: number): { readonly name: string; readonly when: string; readonly fires: number }[] {
    const sigma = this.walk.ends[node]?.[tick];
    if (sigma === undefined || this.crash(node, tick)) return [];
    return [...this.table.memory(sigma).timers].map(([name, { left, period }]) => {
      // Right after `init` is in the first tick as well.
      const fires = Math.max(1, tick) + left;
      return { name, fires, when: `fires at tick ${fires}${period > 0 ? `, then every ${period}` : ''}` };
    });
  }

  /** The crash of a node at a tick or before. */
  crash(node: number, tick: number): (Fault & { readonly kind: 'crash' }) | undefined {
    const name = this.nodes[node];
    return this.walk.scenario.find(
      (fault): fault is Fault & { readonly kind: 'crash' } =>
        fault.kind === 'crash' && fault.node === name && fault.tick <= tick,
    );
  }

  /** The mail that was sent, whatever became of it. */
  sending(mail: Pick<WalkMail, 'from' | 'to' | 'sent' | 'batch'>): WalkMail | undefined {
    return this.sent.get(sentKey(mail));
  }

  arrives(mail: Pick<WalkMail, 'from' | 'to' | 'sent' | 'batch'>, tick: number): boolean {
    return this.arrived.has(`${sentKey(mail)} ${tick}`);
  }

  /** The fault that loses a mail that was sent. */
  lossOf({ from, to, sent, lost }: WalkMail): Fault | undefined {
    if (!lost) return undefined;
    const [a, b] = [this.nodes[from], this.nodes[to]];
    const omission = this.walk.scenario.find(
      (fault) => fault.kind === 'omission' && fault.from === a && fault.to === b && fault.tick === sent,
    );
    return omission ?? this.crash(from, sent);
  }

  holds(fact: FactKey): boolean {
    const node = this.nodes.indexOf(String(fact.row[0]));
    if (node < 0) return false;
    const message = messageOf(fact);
    if (message) return this.arrives({ ...message, from: this.nodes.indexOf(message.from), to: node }, fact.tick);
    if (fact.relation === 'up') return !this.crash(node, fact.tick);
    if (fact.relation === 'timer')
      return this.timers(node, fact.tick).some(({ name, when }) => name === fact.row[1] && when === fact.row[2]);
    return this.entries(node, fact.tick).has(entryKey(fact));
  }

  /** The step that last brought an entry about, up to a tick; undefined if it is there from before the first step. */
  writer(node: number, key: string, tick: number): WalkStep | undefined {
    return this.steps(node).findLast(
      (step) =>
        step.tick <= tick &&
        this.entriesAt(step.after).has(key) &&
        (step.before === undefined || !this.entriesAt(step.before).has(key)),
    );
  }

  /** The steps that sent a mail: its messages may come from several handlers. */
  senders({ from, to, sent }: Pick<WalkMail, 'from' | 'to' | 'sent'>): WalkStep[] {
    return this.steps(from).filter((step) => step.tick === sent && this.sends(step).some((send) => send.to === to));
  }

  /** What a step itself has sent. */
  sends({ before, after }: WalkStep): ReturnType<Table['outbox']> {
    const already = before === undefined ? 0 : this.outboxBefore(before);
    return this.table.outbox(after).slice(already);
  }

  private outboxBefore(sigma: number): number {
    return this.table.outbox(sigma).length;
  }

  /** Whether a step did anything but send. */
  changes({ before, after }: WalkStep): boolean {
    if (before === undefined) return true;
    const [a, b] = [this.table.parts(before), this.table.parts(after)];
    return (
      a.state !== b.state ||
      a.log !== b.log ||
      a.timers !== b.timers ||
      a.chance !== b.chance ||
      a.failure !== b.failure
    );
  }

  /**
   * The first thing that is otherwise at a node than in another run, up to a tick; one that had an effect, if there is one.
   * @param tick the last one that counts
   */
  difference(other: Told, node: number, tick: number): Difference | undefined {
    const crash = this.crash(node, tick);
    const found: Difference[] = [];
    const effects: Difference[] = [];
    const look = (one: Told, another: Told, kind: 'lacks' | 'extra'): void => {
      for (const step of one.steps(node)) {
        if (step.cause.kind !== 'inbox' || step.tick > tick || another.arrives(step.cause.mail, step.tick)) continue;
        const difference: Difference = { kind, mail: step.cause.mail, tick: step.tick };
        found.push(difference);
        if (one.changes(step) || one.sends(step).length > 0) effects.push(difference);
      }
    };
    look(other, this, 'lacks');
    look(this, other, 'extra');
    const when = (difference: Difference): number =>
      difference.kind === 'crash' ? difference.fault.tick : difference.tick;
    const [first] = (effects.length > 0 ? effects : found).sort((a, b) => when(a) - when(b));
    // A node that has crashed receives nothing: that is the reason, not what did not arrive.
    if (crash && !other.crash(node, crash.tick) && (!first || when(first) >= crash.tick))
      return { kind: 'crash', fault: crash };
    return first;
  }
}

const sentKey = ({ from, to, sent, batch }: Pick<WalkMail, 'from' | 'to' | 'sent' | 'batch'>): string =>
  `${from} ${to} ${sent} ${batch}`;
