/**
 * A walk: what every node keeps at every tick, which messages arrive, and where two runs part.
 *
 * Handlers are functions of what a node keeps and of what it receives. So where a node is otherwise than in another
 * run, the first thing that was otherwise is a message that arrived in one of them only, or that it is down. All
 * 'why's follow from that.
 */
import { distinctBy } from '../../../core/distinct.js';
import { groupBy } from '../../../core/memo.js';
import type { Outcome } from '../../../core/outcome.js';
import type { Fault, Scenario } from '../../../faults/fault.js';
import { tickOf } from '../../../faults/scenario.js';
import type { Table } from '../../../lineage/learned/table.js';
import type { Walk, WalkMail, WalkStep } from '../../../lineage/learned/walk.js';
import type { History, Items, Mail } from '../case.js';
import { type Down, downAt, keptFrom, movedBy, named, nodeOf } from '../loss.js';
import type { FactKey, UnknownOutcome } from '../views.js';
import { entryKey, entryText, messageOf } from './facts.js';
import type { Entries, Known } from './known.js';

/**
 * Why a node's past is another one than in another run: a message lacks, or is one too many, or a fault strikes the
 * node itself.
 */
export type Difference =
  | { readonly kind: 'lacks' | 'extra'; readonly mail: WalkMail; readonly tick: number }
  | { readonly kind: 'struck'; readonly fault: Fault; readonly tick: number };

/** Ids of the messages of a mail. */
export const idsOf = ({ table }: Known, { from, to, sent, batch }: WalkMail): string[] =>
  table.messagesOf(batch).map((_, i) => `${from}.${to}.${sent}.${batch}.${i}`);

/** Values that say that there is nothing yet. */
const EMPTY: ReadonlySet<string> = new Set(['null', 'undefined', 'false', '0', '""', '[]', '{}', 'Set {}', 'Map {}']);

const NO_MAIL: readonly Mail[] = [];

export class Walked implements History {
  readonly scenario: Scenario;
  readonly outcome: Outcome | UnknownOutcome;
  readonly eot: number;
  readonly nodes: readonly string[];
  readonly table: Table;
  private readonly arrived = new Map<string, WalkMail>();
  private readonly sent = new Map<string, WalkMail>();
  /** By tick of sending. */
  private views: ReadonlyMap<number, readonly Mail[]> | undefined;

  constructor(
    readonly walk: Walk,
    readonly known: Known,
  ) {
    const { gap } = walk;
    this.scenario = walk.scenario;
    this.eot = walk.eot;
    this.nodes = known.nodes;
    this.table = known.table;
    this.outcome = walk.outcome ?? {
      kind: 'unknown',
      witnesses: [],
      readingsDiffer: false,
      gap: gap && { node: known.nodes[gap.node] ?? '', tick: gap.tick },
    };
    for (const mail of walk.mails) {
      this.sent.set(sentKey(mail), mail);
      for (const tick of mail.at) this.arrived.set(`${sentKey(mail)} ${tick}`, mail);
    }
  }

  mails(tick: number): readonly Mail[] {
    this.views ??= groupBy(
      distinctBy(this.allMails(), ({ id }) => id),
      ({ sent }) => sent,
    );
    return this.views.get(tick) ?? NO_MAIL;
  }

  private allMails(): Mail[] {
    return this.walk.mails.flatMap((mail) => {
      const { from, to, sent, at, lost, batch } = mail;
      const handlers = this.senders(mail).flatMap((step) =>
        this.sends(step).flatMap((send) => (send.to === to ? [this.known.handlerOf(step)] : [])),
      );
      const ids = idsOf(this.known, mail);
      return this.known.labels(batch).map((label, i) => {
        const source = () => this.known.source(handlers[i] ?? 'onMessage');
        return { id: ids[i] ?? '', from, to, sent, at, lost, label, source };
      });
    });
  }

  items(node: number, tick: number): Items {
    const sigma = this.walk.ends[node]?.[tick];
    if (sigma === undefined) return new Map();
    const items = this.known.items(node, sigma);
    const timers = this.timers(node, tick);
    if (timers.length === 0) return items;
    const all = new Map(items);
    for (const { name, when } of timers) {
      const row = [this.nodes[node] ?? '', name, when];
      all.set(`timer\0${name}\0${when}`, { relation: 'timer', row, text: name, cells: [name, when], quiet: true });
    }
    return all;
  }

  /** What every node starts with is no news, nor is that there is nothing yet. */
  start(node: number): Items {
    const others = this.nodes.flatMap((_, other) => (other === node ? [] : [this.entries(other, 0)]));
    const items = [...this.items(node, 0)];
    return new Map(
      items.filter(([key, { row }]) => EMPTY.has(String(row[2])) || others.every((one) => one.has(String(key)))),
    );
  }

  /** What its state has in common with the one before it went down, and not with the one at the start. */
  survivors(node: number, tick: number): string[] {
    const back = this.steps(node).find((step) => step.tick === tick && step.cause.kind === 'return');
    if (back?.before === undefined) return [];
    const [before, start] = [this.known.entries(back.before), this.entries(node, 0)];
    return [...this.known.entries(back.after)].flatMap(([key, entry]) =>
      before.has(key) && !start.has(key) ? [entryText(entry)] : [],
    );
  }

  /** A node that is down keeps what it had. */
  acts(node: number, tick: number): boolean {
    return !this.down(node, tick);
  }

  steps(node: number): readonly WalkStep[] {
    return this.walk.steps[node] ?? [];
  }

  /** Entries of a node at the end of a tick; 0 is right after `init`. */
  entries(node: number, tick: number): Entries {
    const sigma = this.walk.ends[node]?.[tick];
    return sigma === undefined ? new Map() : this.known.entries(sigma);
  }

  /** Timers of a node that is up, at the end of a tick. */
  timers(node: number, tick: number): { readonly name: string; readonly when: string; readonly fires: number }[] {
    const sigma = this.walk.ends[node]?.[tick];
    if (sigma === undefined || this.down(node, tick)) return [];
    return [...this.table.memory(sigma).timers].map(([name, { left, period }]) => {
      // Right after `init` is in the first tick as well.
      const fires = Math.max(1, tick) + left;
      return { name, fires, when: `fires at tick ${fires}${period > 0 ? `, then every ${period}` : ''}` };
    });
  }

  /** What keeps a node down at a tick. */
  down(node: number, tick: number): Down | undefined {
    return downAt(this.scenario, this.nodes[node], tick);
  }

  /** The mail that was sent, whatever became of it. */
  sending(mail: Pick<WalkMail, 'from' | 'to' | 'sent' | 'batch'>): WalkMail | undefined {
    return this.sent.get(sentKey(mail));
  }

  arrives(mail: Pick<WalkMail, 'from' | 'to' | 'sent' | 'batch'>, tick: number): boolean {
    return this.arrived.has(`${sentKey(mail)} ${tick}`);
  }

  /** The fault that keeps a mail that was sent from arriving at a tick. */
  keptFrom(mail: WalkMail, tick: number): Fault | undefined {
    return keptFrom(this.scenario, named(this.nodes, mail), tick);
  }

  /** The fault that makes a mail arrive at a tick that is not the usual one. */
  movedBy(mail: Pick<WalkMail, 'from' | 'to' | 'sent'>, tick: number): Fault | undefined {
    return movedBy(this.scenario, named(this.nodes, mail), tick);
  }

  /** The fault after which a node comes back at a tick. */
  broughtDownBefore(node: number, tick: number): Fault | undefined {
    return this.down(node, tick - 1)?.fault;
  }

  holds(fact: FactKey): boolean {
    const node = this.nodes.indexOf(String(fact.row[0]));
    if (node < 0) return false;
    const message = messageOf(fact);
    if (message) return this.arrives({ ...message, from: this.nodes.indexOf(message.from), to: node }, fact.tick);
    if (fact.relation === 'up') return !this.down(node, fact.tick);
    return this.items(node, fact.tick).has(entryKey(fact));
  }

  /** The step that last brought an entry about, up to a tick; undefined if it is there from before the first step. */
  writer(node: number, key: string, tick: number): WalkStep | undefined {
    return this.steps(node).findLast(
      (step) =>
        step.tick <= tick &&
        this.known.entries(step.after).has(key) &&
        (step.before === undefined || !this.known.entries(step.before).has(key)),
    );
  }

  /** The steps that sent a mail: its messages may come from several handlers. */
  senders({ from, to, sent }: Pick<WalkMail, 'from' | 'to' | 'sent'>): WalkStep[] {
    return this.steps(from).filter((step) => step.tick === sent && this.sends(step).some((send) => send.to === to));
  }

  /** What a step itself has sent. */
  sends({ after }: WalkStep): ReturnType<Table['outbox']> {
    return this.table.outbox(after);
  }

  /** Whether a step did anything but send. */
  changes({ before, after }: WalkStep): boolean {
    const kept = (sigma: number): string => JSON.stringify({ ...this.table.parts(sigma), out: 0 });
    return before === undefined || kept(before) !== kept(after);
  }

  /** The faults that strike a node itself, by the tick at which they begin to. */
  strikes(node: number): { readonly fault: Fault; readonly tick: number }[] {
    return this.scenario
      .flatMap((fault) => (nodeOf(fault) === this.nodes[node] ? [{ fault, tick: tickOf(fault) }] : []))
      .sort((a, b) => a.tick - b.tick);
  }

  /**
   * The first thing that is otherwise at a node than in another run, up to a tick; one that had an effect, if there is
   * one.
   * @param tick the last one that counts
   */
  difference(other: Walked, node: number, tick: number): Difference | undefined {
    const found: Difference[] = [];
    const effects: Difference[] = [];
    const look = (one: Walked, another: Walked, kind: 'lacks' | 'extra'): void => {
      for (const step of one.steps(node)) {
        if (step.cause.kind !== 'inbox' || step.tick > tick || another.arrives(step.cause.mail, step.tick)) continue;
        const difference: Difference = { kind, mail: step.cause.mail, tick: step.tick };
        found.push(difference);
        if (one.changes(step) || one.sends(step).length > 0) effects.push(difference);
      }
    };
    look(other, this, 'lacks');
    look(this, other, 'extra');
    const [first] = (effects.length > 0 ? effects : found).sort((a, b) => a.tick - b.tick);
    // A node that is down receives nothing: that is the reason, not what did not arrive.
    const [strike] = this.strikes(node).filter(({ fault }) => !other.scenario.includes(fault));
    return strike && strike.tick <= Math.min(tick, first?.tick ?? tick) ? { kind: 'struck', ...strike } : first;
  }
}

const sentKey = ({ from, to, sent, batch }: Pick<WalkMail, 'from' | 'to' | 'sent' | 'batch'>): string =>
  `${from} ${to} ${sent} ${batch}`;
