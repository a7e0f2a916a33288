/**
 * A host in this very thread: it calls the protocol's code at once.
 */

import { pause } from '../../core/event-loop.js';
import { LdfiError } from '../../core/invariant.js';
import { formatScenario } from '../../faults/scenario.js';
import { FaultSpace } from '../../faults/space.js';
import { samePlain } from '../data/plain.js';
import { guarded } from '../guards/guards.js';
import { refuseUseAfterReturn } from '../guards/use-after-return.js';
import { handlersOf } from '../handler-names.js';
import type { AnyProtocol } from '../types.js';
import { type Call, describeCall } from './call.js';
import { deliveryOf } from './delivery.js';
import type { HostRun, Judge, Judgement, ProtocolHost, Reading, RunRequest, StepRequest } from './host.js';
import { answerOf, judge, outcomeOf } from './judge.js';
import { Node } from './node.js';
import type { Recorded } from './recorded.js';
import { recordingWorld, wholeWorld } from './recording-world.js';
import type { Final, Reached } from './run.js';
import { Simulator } from './simulator.js';

/** How often a slot is gone through: what comes by chance is seldom the same every time. */
const ATTEMPTS = 3;

/** Steps under one watch. */
const WATCHED = 16;

export interface LocalOptions {
  /**
   * Runs work that may not come to an end; it may throw. `current`: the call under way, undefined where it is none of a
   * handler.
   */
  readonly watchdog?: <T>(work: () => T, current: () => string | undefined) => T;
  /** Told of every call before it is made, and of the check (undefined). */
  readonly announce?: (call: Call | undefined) => void;
}

export class LocalHost implements ProtocolHost {
  private readonly simulator: Simulator;
  /** For slots on their own, by number, as far as they were needed. */
  private readonly made: Node[] = [];
  private last: Call | undefined;
  /** Evaluates scenarios within the bounds that were last asked for. */
  private space: FaultSpace | undefined;

  constructor(
    readonly protocol: AnyProtocol,
    private readonly options: LocalOptions = {},
  ) {
    this.simulator = new Simulator(protocol);
  }

  start(): readonly string[] {
    return this.watched(() => handlersOf(this.protocol));
  }

  run({ bounds, scenario, traced, reading, always }: RunRequest): HostRun {
    if (this.space?.bounds !== bounds) this.space = new FaultSpace(bounds);
    const delivery = deliveryOf(this.space, scenario);
    const end = scenario.length === 0 ? ' without faults' : ` in the scenario ${formatScenario(scenario)}`;
    return this.watched(() => {
      refuseUseAfterReturn(this.protocol);
      const simulation = this.simulator.run(bounds.eot, delivery, traced, this.announce);
      this.announce(undefined);
      const outcome = judge(this.protocol, simulation.finals, end);
      const failed = simulation.finals.some(({ failure }) => failure !== undefined);
      const followed = failed ? undefined : this.followed(simulation.finals, reading, 'check');
      const ticks = (failed ? [] : simulation.ticks).map((finals, i) => ({
        finals,
        outcome: judge(this.protocol, finals, ` at tick ${i + 1}${end}`, 'always'),
        followed: this.followed(finals, always, 'always'),
      }));
      refuseUseAfterReturn(this.protocol);
      return { ...simulation, outcome, followed, ticks };
    });
  }

  step(requests: readonly StepRequest[]): readonly (readonly Reached[] | LdfiError)[] {
    return this.each(requests, WATCHED, (request) => this.attempts(request));
  }

  judge(worlds: readonly (readonly Final[])[], reading: Reading, by: Judge): readonly (Judgement | LdfiError)[] {
    // A check may be slow: each call is watched on its own.
    return this.each(worlds, 1, (finals) => ({
      outcome: judge(this.protocol, finals, '', by),
      followed: this.followed(finals, reading, by),
    }));
  }

  async finish(): Promise<void> {
    await pause();
    refuseUseAfterReturn(this.protocol);
  }

  /**
   * Work on each item, a few of them under one watch, which takes longer than most handlers do.
   * @param most so many under one
   */
  private each<T, R>(items: readonly T[], most: number, work: (item: T) => R): (R | LdfiError)[] {
    const done: (R | LdfiError)[] = [];
    while (done.length < items.length) {
      const some = items.slice(done.length, done.length + most);
      const made: (R | LdfiError)[] = [];
      const error = orError(() =>
        this.watched(() => {
          made.length = 0;
          for (const item of some) {
            this.announce(undefined);
            made.push(orError(() => work(item)));
          }
        }),
      );
      done.push(...made);
      // The one that did not come to an end; the others have a turn of their own.
      if (error instanceof LdfiError) done.push(error);
    }
    return done;
  }

  private readonly announce = (call: Call | undefined): void => {
    this.last = call;
    this.options.announce?.(call);
  };

  /** Under the guards, and the watchdog's eyes. */
  private watched<T>(work: () => T): T {
    this.announce(undefined);
    const { watchdog } = this.options;
    const under = (): T => guarded(work);
    return watchdog ? watchdog(under, () => this.last && describeCall(this.last)) : under();
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

  /** What the check says and reads, if that can be followed. */
  private followed(finals: readonly Final[], reading: Reading, by: Judge): Judgement['followed'] {
    if (reading === 'none') return undefined;
    const { nodes } = this.protocol;
    const { world, reads, isBlind } = reading === 'whole' ? wholeWorld(nodes, finals) : recordingWorld(nodes, finals);
    try {
      const outcome = outcomeOf(answerOf(this.protocol, world, '', by), by);
      return isBlind() ? undefined : { outcome, reads };
    } catch (error) {
      // It did not throw in the plain world.
      if (reading === 'single' && error instanceof LdfiError && error.code === 'bad-protocol') return undefined;
      throw error;
    }
  }
}

function orError<T>(work: () => T): T | LdfiError {
  try {
    return work();
  } catch (error) {
    if (error instanceof LdfiError) return error;
    throw error;
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
