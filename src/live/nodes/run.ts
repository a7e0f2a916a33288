/**
 * One experiment: fresh processes, one for each node; a network with the faults; clients that do what the workload
 * plans; and an end.
 *
 * Time is real. It is cut into ticks: what is sent during a tick is handed over at the next, all at once and in one
 * order, so that the order does not hang on how processes are scheduled. A node that needs more than a tick to answer is
 * late by a tick, and nothing else.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { visible } from '../../core/text.js';
import type { LiveFault } from '../../experiments/experiment.js';
import { Clients, SETUP_CLIENT } from './clients.js';
import { effectOf } from './faults.js';
import { type Message, parseMessage } from './message.js';
import { type Copy, Network } from './network.js';
import { Nodes } from './nodes.js';
import type { Happening, Moment, RunRecord } from './record.js';
import { freshServices, isService } from './services/index.js';
import type { Evidence, Workload } from './workloads/workload.js';

export interface World {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** The folder in which it is started; undefined: that of `ldfi`. */
  readonly cwd?: string | undefined;
  readonly nodes: readonly string[];
  readonly workload: Workload;
  /** The kinds of faults that there may be. */
  readonly kinds: readonly string[];
  /** Faults are at messages that are sent before this tick. */
  readonly eff: number;
  /** The promise must be kept by this tick. */
  readonly eot: number;
  /** Length of a tick in milliseconds. */
  readonly tickMs: number;
  /** Ticks after which an answer to a client is overdue. */
  readonly overdue: number;
  /** Milliseconds in which a program has to answer `init`; 30,000 unless said otherwise. */
  readonly startMs?: number;
}

/** Ticks without a message between nodes after which the network counts as quiet. */
const QUIET = 4;
/** Ticks that the nodes have after the last fault, even if they are quiet: they may be waiting. */
const SETTLE = 12;
/** Ticks between two rounds of reads at the end. */
const ROUND_EVERY = 5;
/** Ticks that a node is down when it restarts. */
const DOWN = 5;
/** Milliseconds in which a program has to answer `init`: generous, for slow starts and loaded machines. */
const START_LIMIT = 30_000;
/** Milliseconds in which a node answers a read at the end, at least. */
const ANSWER_MS = 1_000;

/**
 * @param grouped families of messages that share one name
 * @throws the signal's reason soon after it is aborted
 */
export const runNodes = (
  world: World,
  faults: readonly LiveFault[],
  grouped: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<RunRecord> => new NodesRun(world, faults, grouped, signal).run();

/** What a record tells of the promise. */
export const evidenceOf = ({ nodes }: World, { live, history }: Pick<RunRecord, 'live' | 'history'>): Evidence => ({
  ...{ nodes, live, history },
  round: Math.max(0, ...history.map(({ round }) => round)),
});

class NodesRun {
  private tick = 0;
  private order = 0;
  private round = 0;
  private nextRound = 0;
  private lastBusy = 0;
  private isOver = false;
  private readonly network: Network;
  private readonly clients: Clients;
  private readonly nodes: Nodes;
  private readonly services = freshServices();
  private readonly happenings: Happening[] = [];
  private readonly misconduct: string[] = [];
  private readonly lastReceived = new Map<string, number>();
  /** Nodes that crash at the next tick, before they handle this. */
  private readonly doomed = new Map<string, Copy>();

  constructor(
    private readonly world: World,
    faults: readonly LiveFault[],
    grouped: ReadonlySet<string>,
    private readonly signal: AbortSignal | undefined,
  ) {
    const { nodes, kinds, eff, workload, command, cwd, tickMs, overdue, startMs = START_LIMIT } = world;
    this.network = new Network({ nodes, kinds, eff, grouped, faults });
    this.clients = new Clients({
      nodes,
      plan: workload.plan(nodes),
      overdue,
      patienceAtEnd: Math.max(2 * ROUND_EVERY, Math.ceil(ANSWER_MS / tickMs)),
      send: (message) => this.network.send(message, this.now()),
    });
    this.nodes = new Nodes({
      ...{ command, cwd, nodes, signal, startMs },
      setup: (node) => workload.setup?.(node, nodes),
      line: (node, text) => this.read(node, text),
      misconduct: (words) => this.blame(words),
    });
  }

  async run(): Promise<RunRecord> {
    try {
      await this.nodes.startAll();
      while (!this.isOver && this.misconduct.length === 0) {
        await sleep(this.world.tickMs, undefined, this.signal && { signal: this.signal });
        this.beginTick();
      }
    } catch (error) {
      if (this.signal?.aborted) throw this.signal.reason;
      throw error;
    } finally {
      await this.nodes.killAll();
    }
    return this.record();
  }

  private record(): RunRecord {
    const { network, clients, happenings, nodes, tick, misconduct } = this;
    return {
      fired: network.fired,
      messages: network.messages,
      happenings,
      history: clients.history,
      live: nodes.live,
      end: tick,
      stderr: nodes.stderr(),
      misconduct,
    };
  }

  private now(): Moment {
    return { tick: this.tick, order: this.order++ };
  }

  /** A program is at fault: the experiment ends. What follows from it is not its fault. */
  private blame(words: string): void {
    if (this.misconduct.length === 0 && !this.isOver) this.misconduct.push(words);
  }

  /** Takes a line that a node has written. */
  private read(node: string, text: string): void {
    const parsed = parseMessage(text);
    if ('problem' in parsed) {
      const shown = visible(text.length > 200 ? `${text.slice(0, 200)}…` : text);
      this.blame(
        `${node} writes to standard output what is no message: ${parsed.problem}: ${shown} (logs go to standard error)`,
      );
      return;
    }
    const { message } = parsed;
    const { src, dest } = message;
    const isKnown = this.world.nodes.includes(dest) || isService(dest) || this.clients.knows(dest);
    if (src !== node) this.blame(`${node} sends a message in the name of ${visible(src)}`);
    else if (!isKnown) this.blame(`${node} sends a message to ${visible(dest)}, which is no node, service or client`);
    else if (dest === SETUP_CLIENT) this.nodes.answer(node, message);
    else this.network.send(message, this.now());
    if (this.network.isFlooded) this.blame(`${node} and the others send messages without end`);
  }

  private beginTick(): void {
    const tick = ++this.tick;
    this.nodes.beginTick(tick);
    for (const [node, copy] of this.doomed) this.crash(node, copy);
    this.doomed.clear();
    for (const copy of this.network.due(tick)) this.deliver(copy);
    if (this.network.isBusy) this.lastBusy = tick;
    if (tick >= this.world.eot) this.clients.stop();
    this.clients.act(tick, (node) => this.nodes.isUp(node));
    this.conclude();
  }

  private deliver(copy: Copy): void {
    const { sent, message } = copy;
    const { to } = sent;
    const service = this.services.get(to);
    if (this.world.nodes.includes(to)) {
      const state = this.doomed.has(to) ? 'down' : this.nodes.state(to);
      if (state === 'starting') this.network.again(copy);
      if (state === 'down' && sent.fate === 'flying') sent.fate = 'down';
      if (state !== 'up' || this.mustCrash(copy)) return;
    }
    sent.arrivals.push(this.now());
    sent.fate = 'delivered';
    if (service) {
      const { src, body } = message;
      sent.hasOlderAnswer ||= service.hasOlderAnswer(body, src);
      this.serve(message, service.handle(body, src, this.network.isStale(sent)));
    } else if (this.world.nodes.includes(to)) {
      this.lastReceived.set(to, this.tick);
      this.nodes.send(to, message);
    } else this.clients.receive(sent, this.tick);
  }

  private serve({ src, dest, body }: Message, answer: Message['body']): void {
    const numbers = typeof body.msg_id === 'number' ? { in_reply_to: body.msg_id } : {};
    this.network.send({ src: dest, dest: src, body: { ...answer, ...numbers } }, this.now());
  }

  /** Whether a message is one before which its addressee crashes; at this tick, or at the next if it is at work. */
  private mustCrash(copy: Copy): boolean {
    const { fault, to } = copy.sent;
    if (!fault || !effectOf(fault.kind).crashes || this.network.hasStruck(fault)) return false;
    // What it was handed at this tick it may not have handled yet.
    if (this.lastReceived.get(to) === this.tick) this.doomed.set(to, copy);
    else this.crash(to, copy);
    return true;
  }

  private crash(node: string, { sent }: Copy): void {
    const { fault } = sent;
    if (!fault) return;
    const { comesBack } = effectOf(fault.kind);
    sent.fate = 'lost';
    this.network.strike(fault, this.tick);
    this.clients.down(node, !comesBack);
    this.nodes.crash(node, comesBack ? this.tick + DOWN : undefined);
    this.happenings.push({ ...this.now(), node, words: `${node} crashes` });
    if (comesBack)
      this.happenings.push({
        tick: this.tick + DOWN,
        order: this.order++,
        node,
        words: `${node} is up again, started anew`,
      });
  }

  /** Ends the experiment if all is said: the promise is kept, or nothing can mend it, or time is up. */
  private conclude(): void {
    const { workload, eot } = this.world;
    const isLate = this.tick >= eot;
    if (!this.clients.isDone) return;
    const judge = () => workload.judge(this.evidence());
    if (!workload.final) {
      this.isOver = this.isSettled() || isLate || judge().lasting;
      return;
    }
    if (this.round > 0) {
      const { broken, lasting } = judge();
      if (broken.length === 0 || lasting || isLate) {
        this.isOver = true;
        return;
      }
    }
    if (this.tick < this.nextRound || !(this.isSettled() || isLate)) return;
    this.network.close();
    this.round++;
    this.nextRound = this.tick + ROUND_EVERY;
    for (const node of this.nodes.live)
      for (const body of workload.final(node, this.evidence())) this.clients.ask(node, body, this.round, this.tick);
    if (this.nodes.live.length === 0) this.isOver = true;
  }

  private evidence(): Evidence {
    return evidenceOf(this.world, { live: this.nodes.live, history: this.clients.history });
  }

  /** Whether the nodes have come to rest, or had all the time they need to. */
  private isSettled(): boolean {
    const { lastFault } = this.network;
    const isQuiet = this.tick - this.lastBusy >= QUIET && (lastFault === undefined || this.tick - lastFault >= SETTLE);
    return isQuiet || this.tick >= this.world.eff + SETTLE;
  }
}
