/**
 * The parts of the graph behind a protocol's outcome (`graph.ts`): marks, each about a node at a tick, and links between them.
 *
 * Invariant: both ends of every link are marks, or the promise.
 */
import type { Fault } from '../../faults/fault.js';
import type { WalkMail, WalkStep } from '../../lineage/learned/walk.js';
import type { Case } from './case.js';
import type { FactKey } from './facts.js';
import { changesOf } from './state.js';
import { handlerOf } from './story.js';
import { dueTimers } from './why.js';

export interface Mark {
  readonly id: string;
  /** What handlers did; a crash; a message that was lost, or never sent; what is there at the end, or is not. */
  readonly kind: 'steps' | 'crash' | 'lost' | 'unsent' | 'there' | 'lacking';
  /** Number of the node. */
  readonly node: number;
  /** What did not arrive is half way between two ticks; what is at the end has one tick more than the run. */
  readonly tick: number;
  readonly lines: string[];
}

export interface Link {
  /** A message; what came of something; what made the difference, mostly by not happening. */
  readonly kind: 'message' | 'effect' | 'reason';
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** The id of the promise, where everything leads to. */
export const PROMISE = 'promise';

export type Mail = Pick<WalkMail, 'from' | 'to' | 'sent' | 'batch'>;

export class Marks {
  private readonly steps = new Set<WalkStep>();
  private readonly others = new Map<string, Mark>();
  private readonly kept = new Map<string, Link>();

  constructor(private readonly it: Case) {}

  /** What a handler did, and the message that called it. */
  step(step: WalkStep): string {
    const { node, tick, cause } = step;
    const id = stepsId(node, tick);
    if (this.steps.has(step)) return id;
    this.steps.add(step);
    if (cause.kind === 'inbox') this.message(cause.mail, id);
    return id;
  }

  /** What sent a message. */
  sender(mail: Mail): string {
    for (const step of this.it.told.senders(mail)) this.step(step);
    return stepsId(mail.from, mail.sent);
  }

  /** What was done with a message that arrived. */
  receiver({ from, to }: Mail, tick: number): string {
    for (const step of this.it.told.steps(to))
      if (step.tick === tick && step.cause.kind === 'inbox' && step.cause.mail.from === from) this.step(step);
    return stepsId(to, tick);
  }

  lost(mail: Mail): string {
    const { from, to, sent } = mail;
    const { id } = this.mark('lost', to, sent + 0.5, `n${to}lost${from}t${sent}`, 'LOST');
    this.message(mail, id);
    return id;
  }

  unsent(mail: Mail): string {
    const { from, to, sent, batch } = mail;
    const text = `no ${this.inWords(mail)} from ${this.it.known.nodes[from]}`;
    return this.mark('unsent', to, sent + 0.5, `n${to}unsent${from}t${sent}b${batch}`, text).id;
  }

  crash({ node, tick }: Fault & { readonly kind: 'crash' }): string {
    const number = this.it.known.nodes.indexOf(node);
    return this.mark('crash', number, tick, `n${number}crash`, `${node} crashes`).id;
  }

  /** What is there at the end, or is not: one mark of each kind per node. */
  end(node: number, fact: FactKey, holds: boolean): string {
    const kind = holds ? 'there' : 'lacking';
    const { id, lines } = this.mark(kind, node, this.it.told.eot + 1, `n${node}${kind}`);
    const text = `${holds ? '' : 'no '}${this.it.known.text(fact)}`;
    if (!lines.includes(text)) lines.push(text);
    return id;
  }

  link(kind: Link['kind'], from: string, to: string, label = ''): void {
    if (from !== to) this.kept.set(`${from} ${to} ${kind}`, { kind, from, to, label });
  }

  get links(): Link[] {
    return [...this.kept.values()];
  }

  /** All marks; what the handlers of a node did in one tick is one mark. */
  get all(): Mark[] {
    const boxes = new Map<string, Mark>();
    for (const step of this.it.told.walk.steps.flat()) {
      if (!this.steps.has(step)) continue;
      const { node, tick } = step;
      const id = stepsId(node, tick);
      const box = boxes.get(id) ?? { id, kind: 'steps', node, tick, lines: [] };
      box.lines.push(...this.linesOf(step));
      boxes.set(id, box);
    }
    return [...boxes.values(), ...this.others.values()];
  }

  private message(mail: Mail, to: string): void {
    this.link('message', this.sender(mail), to, this.inWords(mail));
  }

  private mark(kind: Mark['kind'], node: number, tick: number, id: string, ...lines: string[]): Mark {
    const mark = this.others.get(id) ?? { id, kind, node, tick, lines };
    this.others.set(id, mark);
    return mark;
  }

  private inWords({ batch }: Mail): string {
    return this.it.known.labels(batch).join(', ');
  }

  /** `onMessage from a`, and below it what changed. */
  private linesOf(step: WalkStep): string[] {
    const { told, known } = this.it;
    const { cause } = step;
    const called = cause.kind === 'inbox' ? [`from ${known.nodes[cause.mail.from]}`] : [];
    const timers = dueTimers(told, step).join(', ');
    const title = [handlerOf(step), ...called, ...(timers === '' ? [] : [timers])].join(' ');
    return [title, ...changesOf(step, (sigma) => told.entriesAt(sigma)).map((change) => `  ${change}`)];
  }
}

const stepsId = (node: number, tick: number): string => `n${node}t${tick}`;
