/**
 * Learning transitions by trying them: a node on its own is given a copy of σ and goes through one slot.
 *
 * Whether a node in the middle of a run does the same is another question, which the audit asks (`audit.ts`).
 */
import { LdfiError } from '../../core/invariant.js';
import { type Work, wait } from '../../core/work.js';
import type { ProtocolHost, StepRequest } from '../../protocol/runtime/host.js';
import type { Reached } from '../../protocol/runtime/run.js';
import { differs } from './hidden-state.js';
import { NOW } from './pasts.js';
import { EMPTY, RESTART, type Sigma, Table, TIMERS } from './table.js';

/** What a transition is about. */
export type Step = readonly [node: number, sigma: Sigma, slot: number, batch: number];

/** A transition to be tried, and the tick that errors name. */
export interface Attempt {
  readonly step: Step;
  readonly tick: number;
}

export class Transitions extends Table {
  /** Those that a run went through. */
  private readonly confirmed = new Set<number>();

  constructor(private readonly host: ProtocolHost) {
    super(host.protocol.nodes);
  }

  /** Learns how every node starts. @throws LdfiError as handlers make it */
  *learnStarts(): Work<void> {
    const request = { tick: 1, kind: 'init' as const, memory: undefined, messages: [] };
    const missing = this.nodes.map((_, node) => node).filter((node) => this.start(node) === undefined);
    const replies = yield* wait(this.host.step(missing.map((node) => ({ node, ...request }))));
    missing.forEach((node, i) => {
      const reached = this.only(replies[i] ?? [], EMPTY, 1);
      if (reached instanceof LdfiError) throw reached;
      this.initials[node] = reached;
    });
  }

  /**
   * Learns transitions by trying those that are not known. @returns for each where it leads, or what is wrong with it
   */
  *try(attempts: readonly Attempt[]): Work<(Sigma | LdfiError)[]> {
    const unknown = new Map<string, Attempt>();
    for (const attempt of attempts)
      if (this.numberOf(...attempt.step) < 0) unknown.set(this.nameOf(attempt.step), attempt);
    const failed = new Map<string, LdfiError>();
    if (unknown.size > 0) {
      const asked = [...unknown];
      const replies = yield* wait(this.host.step(asked.map(([, attempt]) => this.request(attempt))));
      asked.forEach(([key, { step }], i) => {
        const reached = this.only(replies[i] ?? [], { log: this.parts(step[1]).log, past: 0 }, NOW);
        if (reached instanceof LdfiError) failed.set(key, reached);
        else this.record(...step, reached);
      });
    }
    return attempts.map(({ step, tick }) => failed.get(this.nameOf(step)) ?? (this.known(...step, tick) as Sigma));
  }

  /** A run went through this and did as was learned. */
  confirm(...step: Step): void {
    this.confirmed.add(this.numberOf(...step));
  }

  isConfirmed(...step: Step): boolean {
    return this.confirmed.has(this.numberOf(...step));
  }

  /** Equal for attempts at one transition: those that differ in a past that no handler can read. */
  private nameOf([node, sigma, slot, batch]: Step): string {
    return [node, this.bare(sigma), slot, batch].join(' ');
  }

  private request({ step: [node, sigma, slot, batch], tick }: Attempt): StepRequest {
    const kind = slot === TIMERS ? 'timers' : slot === RESTART ? 'return' : slot - 1;
    return { node, tick, kind, memory: this.memory(sigma), messages: this.messagesOf(batch) };
  }

  /** The one σ that all attempts led to. @param before what the node had logged and recorded */
  private only(
    reply: readonly Reached[] | LdfiError,
    before: { readonly log: number; readonly past: number },
    tick: number,
  ): Sigma | LdfiError {
    if (reply instanceof LdfiError) return reply;
    const [first, second] = reply.map((reached) => this.sigmaOf(reached, before, tick));
    const call = reply[0]?.call ?? '';
    if (first === undefined) return new LdfiError('bad-protocol', 'a slot led nowhere');
    return second === undefined || second === first
      ? first
      : differs(call, this, first, second, 'when it is repeated on a copy of the same state');
  }
}
