/**
 * All ticks of a protocol in a cube of scenarios, and whether its promise is kept in each of them.
 *
 * For every node and tick the beings that it may be, whatever the others are; where a message may arrive or not, both.
 * The check is asked about every world that can be put together of how nodes may end. In a cube of one scenario there
 * is one world. Crashed nodes go on as if they had not crashed: what they send does not arrive, and they are judged by
 * what they were before.
 */
import { LdfiError } from '../core/invariant.js';
import type { Outcome } from '../core/outcome.js';
import { type Work, wait } from '../core/work.js';
import { Clock } from '../faults/cubes/clock.js';
import { type Cube, Scope, type Truth } from '../faults/cubes/cube.js';
import { keyOf } from '../faults/kinds.js';
import type { Snapshot } from '../protocol/data/plain.js';
import type { Judge, ProtocolHost } from '../protocol/runtime/host.js';
import { type Being, finalOf, isDue, type Moved, type Step, Stepper } from './beings.js';
import { type Decision, type FactAt, type Path, ROOT, type Verifier } from './tree.js';

/** Beings of a node at a tick, or worlds, beyond which the checker gives a cube up. */
const MOST = 2_000;

/** Worlds that the check is asked about at once. */
const ASKED = 64;

/** A node as the check sees it. */
interface End {
  readonly being: Being;
  readonly alive: boolean;
}

/** Thrown where there are more. */
const TOO_MANY = new Error('too many beings');

/** What one node may have sent to another at a tick: lists of messages, by key; the empty one, too. */
type Mail = ReadonlyMap<string, readonly Snapshot[]>;

const EMPTY: readonly Snapshot[] = [];
const NOTHING: Mail = new Map([['', EMPTY]]);

export class ProtocolWorlds implements Verifier {
  readonly scope: Scope;
  private readonly stepper: Stepper;
  private readonly judged = new Map<string, Outcome['kind']>();
  isPromising = false;
  private clock: Clock | undefined;
  /** By tick, then node: how it may be at the end. Of tick 0: after `init`. */
  private ends: Being[][][] = [];
  /** By tick, node and receiver: what it may have sent. */
  private sent: ReadonlyMap<number, Mail>[][] = [];

  constructor(
    private readonly host: ProtocolHost,
    bounds: Scope['bounds'],
  ) {
    this.scope = new Scope(bounds);
    this.stepper = new Stepper(host);
  }

  /** How much is open: beings beyond one, of all nodes and ticks. */
  get spread(): number {
    return this.ends.flat().reduce((sum, beings) => sum + beings.length - 1, 0);
  }

  /** What may be decided: what a node is at a tick, and whether something arrives that may have been sent. */
  open(): readonly Decision[] {
    const facts = this.ends.flatMap((nodes, tick) =>
      nodes.flatMap((beings, node) => (beings.length > 1 ? beings.map((it) => this.factOf(tick, node, it)) : [])),
    );
    const { nodes } = this.scope.bounds;
    const slots = this.sent.flatMap((senders, sent) =>
      senders.flatMap((mails, from) =>
        [...mails.keys()].flatMap((to) => this.scope.deniers({ from: nodes[from] ?? '', to: nodes[to] ?? '', sent })),
      ),
    );
    return [...facts, ...new Set(slots)];
  }

  *keeps(cube: Cube, decided: Path['facts'] = ROOT.facts): Work<boolean, undefined> {
    try {
      return yield* this.told(cube, decided);
    } catch (error) {
      if (error === TOO_MANY) return false;
      throw error;
    }
  }

  private *told(cube: Cube, decided: Path['facts']): Work<boolean, undefined> {
    const { bounds } = this.scope;
    this.clock = new Clock(this.scope, cube);
    this.isPromising = false;
    const starts = yield* this.stepper.take(
      bounds.nodes.map((_, node) => ({ node, tick: 1, from: undefined, kind: 'init', messages: [] })),
    );
    this.ends = [starts.map(({ being }) => [being])];
    this.sent = [[]];
    for (let tick = 1; tick <= bounds.eot; tick++) {
      const days: Moved[][] = [];
      for (const node of bounds.nodes.keys()) {
        const before = (this.ends[tick - 1]?.[node] ?? []).map((being) => ({
          being,
          sent: tick === 1 ? (starts[node]?.sent ?? []) : [],
        }));
        const day = (yield* this.day(cube, node, tick, before)).filter(({ being }) =>
          this.agrees(decided, tick, node, being),
        );
        // No scenario of the cube is as was decided.
        if (day.length === 0) return true;
        days.push(day);
      }
      this.ends.push(days.map((day) => [...new Set(day.map(({ being }) => being))]));
      this.sent.push(days.map(mailOf));
      yield undefined;
      if (days.some((day) => day.length > MOST)) return false;
      if (this.host.protocol.always && !(yield* this.isJudgedKept(cube, tick, 'always'))) return false;
    }
    return yield* this.isJudgedKept(cube, bounds.eot, 'check');
  }

  private factOf(tick: number, node: number, { digest }: Being): FactAt {
    return [tick, this.scope.bounds.nodes[node] ?? '', digest];
  }

  /** Whether a being is as was decided: if a fact holds of its node and tick, no other one does. */
  private agrees(decided: Path['facts'], tick: number, node: number, being: Being): boolean {
    if (decided.size === 0) return true;
    const own = keyOf(this.factOf(tick, node, being));
    const place = keyOf([tick, this.scope.bounds.nodes[node] ?? '']);
    return decided.get(own) ?? ![...decided].some(([fact, holds]) => holds && fact.startsWith(place));
  }

  /** All that a node may do in a tick. */
  private *day(cube: Cube, node: number, tick: number, before: Moved[]): Work<Moved[]> {
    const name = this.scope.bounds.nodes[node] ?? '';
    const away = this.isAway(cube, name, tick);
    const resting = away >= 0 ? before.map(({ being }) => ({ being, sent: [] })) : [];
    if (away === 1) return resting;
    const awake = tick === 1 ? before : yield* this.morning(cube, node, tick, before);
    const firsts = this.scope.bounds.nodes.map((sender, i) => ({ i, is: this.comesFirst(cube, name, tick, sender) }));
    const options = [
      ...firsts.filter(({ is }) => is >= 0).map(({ i }) => i),
      ...(firsts.some(({ is }) => is === 1) ? [] : [undefined]),
    ];
    const days: Moved[] = [...resting];
    for (const first of options) days.push(...(yield* this.take(node, tick, awake, first)));
    return distinct(days, movedKey);
  }

  private *morning(cube: Cube, node: number, tick: number, before: readonly Moved[]): Work<Moved[]> {
    const name = this.scope.bounds.nodes[node] ?? '';
    const [back, slow] = [this.isAway(cube, name, tick - 1), this.clock?.stands(name, tick - 1) ?? -1];
    const mornings: Moved[] = [];
    if (back < 1 && slow < 1) mornings.push(...before.map((it) => ({ ...it, being: this.stepper.later(it.being) })));
    if (back < 1 && slow > -1) mornings.push(...before);
    if (back > -1)
      mornings.push(
        ...(yield* this.stepper.take(before.map((from) => ({ node, tick, from, kind: 'return', messages: [] })))),
      );
    return distinct(mornings, movedKey);
  }

  /** What comes first, then the timers, then all else, by sender and tick of sending. */
  private *take(node: number, tick: number, awake: readonly Moved[], first: number | undefined): Work<Moved[]> {
    let now: readonly Moved[] = awake;
    const nodes = [...this.scope.bounds.nodes.keys()];
    for (const from of nodes) if (from === first) now = yield* this.receive(node, tick, from, now);
    const due = now.filter(({ being }) => isDue(being));
    const fired = yield* this.stepper.take(
      due.map((from): Step => ({ node, tick, from, kind: 'timers', messages: [] })),
    );
    now = distinct([...now.filter(({ being }) => !isDue(being)), ...fired], movedKey);
    for (const from of nodes) if (from !== first) now = yield* this.receive(node, tick, from, now);
    return [...now];
  }

  private *receive(node: number, tick: number, from: number, before: readonly Moved[]): Work<readonly Moved[]> {
    let now = before;
    for (let sent = 1; sent < tick; sent++) {
      const mails = [...(this.sent[sent]?.[from]?.get(node) ?? NOTHING).values()];
      const arriving = distinct(
        mails.flatMap((mail) => this.arriving(from, node, sent, tick, mail)),
        mailKey,
      );
      if (arriving.every(({ length }) => length === 0)) continue;
      if (now.length * arriving.length > MOST) throw TOO_MANY;
      const isNone = arriving.some(({ length }) => length === 0);
      const steps = now.flatMap((it) =>
        arriving
          .filter(({ length }) => length > 0)
          .map((messages): Step => ({ node, tick, from: it, kind: from, messages })),
      );
      now = distinct([...(isNone ? now : []), ...(yield* this.stepper.take(steps))], movedKey);
    }
    return now;
  }

  /** What may arrive at a tick of messages that were sent: all of them share a fate, or each that has its own. */
  private arriving(
    from: number,
    to: number,
    sent: number,
    tick: number,
    mail: readonly Snapshot[],
  ): (readonly Snapshot[])[] {
    if (mail.length === 0) return [EMPTY];
    const { nodes, perMessage = 0 } = this.scope.bounds;
    const fates = perMessage > 0 ? Math.min(perMessage, mail.length) : 1;
    let choices: (readonly Snapshot[])[] = [EMPTY];
    for (let fate = 0; fate < fates; fate++) {
      const own = perMessage > 0 ? mail.filter((_, i) => Math.min(i, perMessage - 1) === fate) : mail;
      const arrivals = this.clock?.arrives(nodes[from] ?? '', nodes[to] ?? '', sent, fate + 1) ?? [];
      const is = new Map(arrivals).get(tick) ?? -1;
      choices = choices.flatMap((before) => [...(is < 1 ? [before] : []), ...(is > -1 ? [[...before, ...own]] : [])]);
    }
    return choices;
  }

  /** Whether a node is down and will come back. */
  private isAway(cube: Cube, node: string, tick: number): Truth {
    return cube.some(
      this.scope.all(['away', node, tick], (fault, { stops, downtime }) => {
        const { node: who, from = 0, until = -1 } = (stops && downtime?.(fault)) || {};
        return who === node && from <= tick && tick <= until;
      }),
    );
  }

  private comesFirst(cube: Cube, node: string, tick: number, sender: string): Truth {
    return cube.some(
      this.scope.all(['first', node, tick, sender], (fault, { precedence }) => {
        const first = precedence?.(fault);
        return first?.node === node && first.tick === tick && first.first === sender;
      }),
    );
  }

  /** Whether the check says of no world that may be at the end of a tick that it is broken. */
  private *isJudgedKept(cube: Cube, last: number, judge: Judge): Work<boolean> {
    const parts = this.scope.bounds.nodes.map((name, node) => this.finals(cube, name, node, last));
    if (parts.flat().some(({ being }) => being.failure !== undefined)) return false;
    if (parts.reduce((product, { length }) => product * length, 1) > MOST) return false;
    let worlds: { readonly key: string; readonly ends: readonly End[] }[] = [{ key: judge, ends: [] }];
    for (const part of parts)
      worlds = worlds.flatMap(({ key, ends }) =>
        part.map((end) => ({ key: `${key} ${endKey(end)}`, ends: [...ends, end] })),
      );
    if (worlds.some(({ key }) => this.judged.get(key) === 'violated')) return false;
    const unknown = worlds.filter(({ key }) => !this.judged.has(key));
    for (let from = 0; from < unknown.length; from += ASKED) {
      const some = unknown.slice(from, from + ASKED);
      const asked = some.map(({ ends }) => ends.map(({ being, alive }) => finalOf(being, alive)));
      const answers = yield* wait(this.host.judge(asked, 'none', judge));
      for (const [i, { key }] of some.entries()) {
        const answer = answers[i];
        if (!answer || answer instanceof LdfiError) throw answer;
        this.judged.set(key, answer.outcome.kind);
      }
      if (some.some(({ key }) => this.judged.get(key) === 'violated')) return false;
    }
    this.isPromising ||= worlds.some(({ key }) => this.judged.get(key) === 'holds');
    return true;
  }

  /** How a node may be at the end of a tick: up, away, or as it was before it crashed. */
  private finals(cube: Cube, name: string, node: number, last: number): End[] {
    const at = (tick: number, alive: boolean) => (this.ends[tick]?.[node] ?? []).map((being) => ({ being, alive }));
    const finals = cube.some(this.scope.down(name, last)) < 1 ? at(last, true) : [];
    if (this.isAway(cube, name, last) >= 0) finals.push(...at(last, false));
    for (let tick = 1; tick <= last; tick++) {
      const falls = this.scope.all(['falls', name, tick], (fault, { downtime }) => {
        const down = downtime?.(fault);
        return down?.node === name && down.from === tick && down.until === undefined;
      });
      if (cube.some(falls) >= 0) finals.push(...at(tick - 1, false));
    }
    return distinct(finals, endKey);
  }
}

const endKey = ({ being, alive }: End): string => `${being.id}${alive ? '+' : '-'}`;

const movedKey = ({ being, sent }: Moved): string =>
  keyOf([being.id, ...sent.map(({ to, message }) => keyOf([to, message.text]))]);

const mailKey = (mail: readonly Snapshot[]): string => keyOf(mail.map(({ text }) => text));

function distinct<T>(items: readonly T[], keyOfOne: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOfOne(item), item])).values()];
}

/** What a node may have sent to each other node. */
function mailOf(day: readonly Moved[]): Map<number, Mail> {
  const receivers = new Set(day.flatMap(({ sent }) => sent.map(({ to }) => to)));
  return new Map(
    [...receivers].map((receiver) => {
      const lists = day.map(({ sent }) => sent.filter(({ to }) => to === receiver).map(({ message }) => message));
      return [receiver, new Map(lists.map((list) => [mailKey(list), list]))];
    }),
  );
}
