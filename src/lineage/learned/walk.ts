/**
 * A walk: one scenario followed through the table of learned transitions, without calling any handler.
 *
 * It gives all that there is to show of a run (what each node was in after each slot, what was sent and what became of
 * it), and it is how a report, which has the table and not the protocol, answers 'what if'. Where the table ends, so
 * does the walk of that node.
 */
import { invariant } from '../../core/invariant.js';
import { type Outcome, outcomeWith } from '../../core/outcome.js';
import type { Scenario } from '../../faults/fault.js';
import type { FaultSpace } from '../../faults/space.js';
import { type Delivery, deliveryOf } from '../../protocol/runtime/delivery.js';
import type { Final } from '../../protocol/runtime/run.js';
import type { DecisionTree } from './decision-tree.js';
import { nextMorning } from './morning.js';
import { inboxOf, NOTHING, RESTART, type Sigma, type Table, TIMERS } from './table.js';

/** Messages from one node to another in one tick. */
export interface WalkMail {
  readonly from: number;
  readonly to: number;
  readonly sent: number;
  readonly batch: number;
  /** The ticks at which it arrived, within the end of time. */
  readonly at: readonly number[];
  /** Lost to a fault (not merely to the end of time). */
  readonly lost: boolean;
}

/** One slot of a node's tick in which something was to be done. */
export interface WalkStep {
  readonly node: number;
  readonly tick: number;
  readonly cause:
    | { readonly kind: 'init' }
    | { readonly kind: 'return' }
    | { readonly kind: 'timers' }
    | { readonly kind: 'inbox'; readonly mail: WalkMail };
  /** Before and after, with what was sent in between; before `init` there is none. */
  readonly before: Sigma | undefined;
  readonly after: Sigma;
}

export interface Walk {
  readonly scenario: Scenario;
  readonly eot: number;
  /** By node, in order of time. */
  readonly steps: readonly (readonly WalkStep[])[];
  readonly mails: readonly WalkMail[];
  /**
   * By node, then tick (0 is right after `init`): its σ at the end of the tick; what it was before, once it has
   * crashed.
   */
  readonly ends: readonly (readonly Sigma[])[];
  readonly finals: readonly Final[];
  /** All nodes at the end of each tick, from 1 on, where something is promised of every tick. */
  readonly ticks: readonly (readonly Final[])[];
  /** Undefined where the table or the check's tree ends. */
  readonly outcome: Outcome | undefined;
  /** The first step that the table does not know. */
  readonly gap: { readonly node: number; readonly tick: number } | undefined;
}

/**
 * @param space one whose circuit stays small
 * @param always what is known of a promise of every tick, if there is one
 */
export function walk(
  table: Table,
  tree: DecisionTree,
  space: FaultSpace,
  scenario: Scenario,
  always?: DecisionTree,
): Walk {
  const walker = new Walker(table, space, scenario);
  for (let tick = 1; tick <= space.bounds.eot; tick++)
    for (let node = 0; node < space.bounds.nodes.length; node++) walker.turn(node, tick);
  const { eot } = space.bounds;
  const finals = walker.finals(eot);
  const ticks = Array.from({ length: always ? eot : 0 }, (_, i) => walker.finals(i + 1));
  const { steps, mails, ends, gap } = walker;
  return {
    scenario,
    eot,
    steps,
    mails,
    ends,
    finals,
    ticks,
    gap,
    outcome: gap ? undefined : outcomeOf(finals, ticks, table, tree, always),
  };
}

function outcomeOf(
  finals: readonly Final[],
  ticks: readonly (readonly Final[])[],
  { nodes }: Table,
  tree: DecisionTree,
  always: DecisionTree | undefined,
): Outcome | undefined {
  const failed = finals.flatMap(({ failure }, i) => (failure === undefined ? [] : [[nodes[i] ?? '', failure]]));
  if (failed.length > 0) return { kind: 'violated', witnesses: failed, readingsDiffer: false };
  const end = tree.decide(finals).outcome;
  const said = ticks.flatMap((world) => always?.decide(world).outcome ?? []);
  return end && said.length === ticks.length ? outcomeWith(end, said) : undefined;
}

class Walker {
  readonly steps: WalkStep[][];
  readonly mails: WalkMail[] = [];
  readonly ends: Sigma[][];
  gap: Walk['gap'];
  private readonly delivery: Delivery;
  private readonly inboxes = new Map<string, WalkMail[]>();
  /** What the node whose turn it is has sent, by receiver. */
  private readonly sent = new Map<number, number>();

  constructor(
    private readonly table: Table,
    private readonly space: FaultSpace,
    scenario: Scenario,
  ) {
    this.delivery = deliveryOf(space, scenario);
    this.steps = table.nodes.map(() => []);
    this.ends = table.nodes.map((_, node) => {
      const start = table.start(node);
      invariant(start !== undefined, 'the table knows how every node starts');
      this.steps[node]?.push({ node, tick: 1, cause: { kind: 'init' }, before: undefined, after: start });
      return [table.still(start)];
    });
  }

  turn(node: number, tick: number): void {
    const { table } = this;
    const ends = this.ends[node] as Sigma[];
    const before = ends[tick - 1] as Sigma;
    this.sent.clear();
    if (tick === 1) this.take(table.start(node) as Sigma);
    if (!this.delivery.up(node, tick)) {
      this.post(node, tick);
      ends.push(this.delivery.away(node, tick) ? table.still(before) : before);
      return;
    }
    let sigma: Sigma | undefined = nextMorning(table, before, node, tick, this.delivery);
    const go = (cause: WalkStep['cause'], slot: number, batch: number): void => {
      if (sigma !== undefined && !table.failed(sigma)) sigma = this.step(node, tick, cause, sigma, slot, batch);
    };
    if (tick > 1 && this.delivery.away(node, tick - 1)) go({ kind: 'return' }, RESTART, NOTHING);
    const inbox = this.inboxes.get(`${node} ${tick}`)?.sort((a, b) => a.from - b.from || a.sent - b.sent) ?? [];
    const first = this.delivery.first(node, tick);
    const receive = (mail: WalkMail): void => go({ kind: 'inbox', mail }, inboxOf(mail.from), mail.batch);
    for (const mail of inbox) if (mail.from === first) receive(mail);
    if (sigma !== undefined && table.hasDue(sigma)) go({ kind: 'timers' }, TIMERS, NOTHING);
    for (const mail of inbox) if (mail.from !== first) receive(mail);
    if (sigma === undefined) this.gap ??= { node, tick };
    else this.post(node, tick);
    ends.push(sigma ?? before);
  }

  private step(
    node: number,
    tick: number,
    cause: WalkStep['cause'],
    before: Sigma,
    slot: number,
    batch: number,
  ): Sigma | undefined {
    const after = this.table.known(node, before, slot, batch, tick);
    if (after === undefined) return undefined;
    this.steps[node]?.push({ node, tick, cause, before, after });
    this.take(after);
    return this.table.still(after);
  }

  private take(after: Sigma): void {
    for (const { to, batch } of this.table.sends(after))
      this.sent.set(to, this.table.joined(this.sent.get(to) ?? NOTHING, batch));
  }

  private post(from: number, sent: number): void {
    for (const [to, batch] of [...this.sent].sort(([a], [b]) => a - b))
      for (const mail of this.mailsOf(from, to, sent, batch)) {
        this.mails.push(mail);
        for (const tick of mail.at) {
          const key = `${to} ${tick}`;
          const inbox = this.inboxes.get(key);
          if (inbox) inbox.push(mail);
          else this.inboxes.set(key, [mail]);
        }
      }
  }

  /** A batch as one, or by tick of arrival where messages have fates of their own. */
  private mailsOf(from: number, to: number, sent: number, batch: number): WalkMail[] {
    const { eot, perMessage = 0 } = this.space.bounds;
    if (perMessage === 0) {
      const ticks = this.delivery.arrivals(from, to, sent);
      return [{ from, to, sent, batch, at: ticks.filter((tick) => tick <= eot), lost: ticks.length === 0 }];
    }
    const messages = this.table.messagesOf(batch);
    const ticks = messages.map((_, i) => this.delivery.arrivals(from, to, sent, i + 1));
    const part = (is: (at: readonly number[]) => boolean): number =>
      this.table.batch(messages.filter((_, i) => is(ticks[i] ?? [])));
    const at = [...new Set(ticks.flat())].sort((a, b) => a - b);
    const arrived = at.map((tick) => ({
      ...{ from, to, sent, batch: part((all) => all.includes(tick)) },
      ...{ at: [tick].filter((it) => it <= eot), lost: false },
    }));
    const lost = part((all) => all.length === 0);
    return [...arrived, ...(lost === NOTHING ? [] : [{ from, to, sent, batch: lost, at: [], lost: true }])];
  }

  finals(tick: number): Final[] {
    return this.ends.map((ends, node) => this.table.final(ends[tick] as Sigma, this.delivery.up(node, tick)).final);
  }
}
