/**
 * A host in this very thread: it calls the protocol's code at once.
 */

import { pause } from '../../core/event-loop.js';
import type { LdfiError } from '../../core/invariant.js';
import { samePlain } from '../data/plain.js';
import { refuseUseAfterReturn } from '../guards/use-after-return.js';
import { handlersOf } from '../handler-names.js';
import type { AnyProtocol } from '../types.js';
import { type Call, describeCall } from './call.js';
import type { HostRun, ProtocolHost, RunRequest, StepRequest } from './host.js';
import { type HostOptions, JudgingHost } from './judging-host.js';
import { Node } from './node.js';
import type { Recorded } from './recorded.js';
import type { Reached } from './run.js';
import { Simulator } from './simulator.js';

/** How often a slot is gone through: what comes by chance is seldom the same every time. */
const ATTEMPTS = 3;

/** Steps under one watch. */
const WATCHED = 16;

export type LocalOptions = HostOptions<Call>;

export class LocalHost extends JudgingHost<AnyProtocol, Call> implements ProtocolHost {
  private readonly simulator: Simulator;
  /** For slots on their own, by number, as far as they were needed. */
  private readonly made: Node[] = [];

  constructor(protocol: AnyProtocol, options: LocalOptions = {}) {
    super(protocol, options, describeCall);
    this.simulator = new Simulator(protocol);
  }

  start(): readonly string[] {
    return this.watched(() => handlersOf(this.protocol));
  }

  run(request: RunRequest): HostRun {
    const delivery = this.delivery(request);
    return this.watched(() => {
      refuseUseAfterReturn(this.protocol);
      const simulation = this.simulator.run(request.bounds.eot, delivery, request.traced, this.announce);
      const run = this.judged(simulation, request);
      refuseUseAfterReturn(this.protocol);
      return run;
    });
  }

  step(requests: readonly StepRequest[]): readonly (readonly Reached[] | LdfiError)[] {
    return this.each(requests, WATCHED, (request) => this.attempts(request));
  }

  async finish(): Promise<void> {
    await pause();
    refuseUseAfterReturn(this.protocol);
  }

  /** All that comes of a slot; as soon as it is more than one thing, that is enough. */
  private attempts(request: StepRequest): Reached[] {
    const first = this.attempt(request);
    for (let again = 1; again < ATTEMPTS; again++) {
      const other = this.attempt(request);
      if (!sameReached(first, other)) return [first, other];
    }
    return [first];
  }

  private attempt({ node: number, tick, kind, memory, messages }: StepRequest): Reached {
    this.made[number] ??= new Node(this.protocol, this.protocol.nodes[number] ?? '');
    const node = this.made[number];
    node.start(this.announce);
    if (memory) node.load(memory);
    if (kind === 'init') node.init();
    else if (kind === 'return') node.restart(tick);
    else if (kind === 'timers') node.fire(tick);
    else node.receive(tick, this.protocol.nodes[kind] ?? '', messages);
    return node.reached(tick, 0, 0, 0);
  }
}

const recordedAsList = ({ kind, number, value }: Recorded): readonly unknown[] => [kind, number, value.copy];

function sameReached(a: Reached, b: Reached): boolean {
  return (
    a.failure === b.failure &&
    a.chance === b.chance &&
    samePlain(a.state?.copy, b.state?.copy) &&
    samePlain(a.timers, b.timers) &&
    samePlain(a.recorded.map(recordedAsList), b.recorded.map(recordedAsList)) &&
    samePlain(
      a.logged.map(({ copy }) => copy),
      b.logged.map(({ copy }) => copy),
    ) &&
    samePlain(
      a.sends.map(({ to, message }) => [to, message.copy]),
      b.sends.map(({ to, message }) => [to, message.copy]),
    )
  );
}
