/**
 * Clients: one for each node, which asks for what the workload plans, one thing after the other, and waits for the
 * answer.
 *
 * A client that gets no answer goes on after a while; so it does at once when its node goes down, as one whose
 * connection is closed. The answer is then unknown for ever, even if it comes later.
 */
import type { Body, Message } from './message.js';
import type { Asked, Sent } from './record.js';
import { ERROR } from './services/service.js';
import type { Planned } from './workloads/workload.js';

/** How many ticks a client waits for an answer. */
const PATIENCE = 25;

/** The client of `init` and of the setup. */
export const SETUP_CLIENT = 'c0';

export interface ClientsOptions {
  readonly nodes: readonly string[];
  readonly plan: readonly Planned[];
  /** Ticks after which an answer is overdue, so that the next operation does not wait for it. */
  readonly overdue: number;
  /** How many ticks an answer at the end is waited for. */
  readonly patienceAtEnd: number;
  send(message: Message): Sent;
}

interface Waiting {
  readonly asked: Asked;
  readonly until: number;
}

export class Clients {
  readonly history: Asked[] = [];
  private left: readonly Planned[];
  private last: Asked | undefined;
  private readonly waiting = new Map<string, Waiting>();
  private readonly numbers = new Map<string, number>();

  constructor(private readonly options: ClientsOptions) {
    this.left = options.plan;
  }

  /** Whether all that is planned was asked, and was answered or given up. */
  get isDone(): boolean {
    return this.waiting.size === 0 && this.left.length === 0;
  }

  /** Nothing more of the plan is asked. */
  stop(): void {
    this.left = [];
  }

  /** Whether a name is that of a client. */
  knows(name: string): boolean {
    return name === SETUP_CLIENT || this.options.nodes.some((node) => this.clientOf(node) === name);
  }

  /** Asks for what comes next, and gives up what was waited for too long. @param isUp whether a node is up */
  act(tick: number, isUp: (node: string) => boolean): void {
    for (const [key, { until }] of this.waiting) if (tick >= until) this.waiting.delete(key);
    const open = [...this.waiting.values()].map(({ asked }) => asked);
    if (this.last && open.includes(this.last) && tick - this.last.invoked < this.options.overdue) return;
    const next = this.left.find(({ node }) => isUp(node) && !open.some((asked) => asked.node === node));
    if (!next) return;
    this.left = this.left.filter((planned) => planned !== next);
    const body = next.body(this.history.filter(({ node }) => node === next.node));
    if (body) this.last = this.ask(next.node, body, 0, tick);
  }

  /** Asks at once, whatever else was asked. @param round of the reads at the end */
  ask(node: string, body: Body, round: number, tick: number): Asked {
    const client = this.clientOf(node);
    const number = (this.numbers.get(client) ?? 0) + 1;
    this.numbers.set(client, number);
    const asked: Asked = { client, node, body, round, invoked: tick, status: 'unknown' };
    this.history.push(asked);
    const patience = round === 0 ? PATIENCE : this.options.patienceAtEnd;
    this.waiting.set(`${client} ${number}`, { asked, until: tick + patience });
    this.options.send({ src: client, dest: node, body: { ...body, msg_id: number } });
    return asked;
  }

  /** Takes an answer; one that nobody waits for is of no interest. */
  receive(sent: Sent, tick: number): void {
    const key = `${sent.to} ${sent.body.in_reply_to}`;
    const asked = this.waiting.get(key)?.asked;
    if (!asked || sent.from !== asked.node) return;
    this.waiting.delete(key);
    Object.assign(asked, { completed: tick, reply: sent.body, answer: sent, status: statusOf(sent.body) });
  }

  /** A node goes down. @param forGood whether it never comes back */
  down(node: string, forGood: boolean): void {
    for (const [key, { asked }] of this.waiting) if (asked.node === node) this.waiting.delete(key);
    if (forGood) this.left = this.left.filter((planned) => planned.node !== node);
  }

  private clientOf(node: string): string {
    return `c${this.options.nodes.indexOf(node) + 1}`;
  }
}

/** Errors but two mean that nothing has happened. */
function statusOf({ type, code }: Body): Asked['status'] {
  if (type !== 'error') return 'ok';
  return code === ERROR.timeout || code === ERROR.crash ? 'unknown' : 'failed';
}
