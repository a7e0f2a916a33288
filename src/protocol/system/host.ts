/**
 * A host of an asynchronous system in this very thread. Each run has a turn of the event loop to itself, in which
 * nothing but the system can go on.
 */
import { inTurn, pause } from '../../core/event-loop.js';
import { bug } from '../../core/invariant.js';
import { installGuards } from '../guards/guarded-places.js';
import type { HostRun, ProtocolHost, RunRequest } from '../runtime/host.js';
import { type HostOptions, JudgingHost } from '../runtime/judging-host.js';
import { draining } from './drain.js';
import { enter } from './running.js';
import { simulateSystem } from './simulator.js';
import { standIns } from './stand-ins.js';
import type { AnySystem } from './types.js';

export class SystemHost extends JudgingHost<AnySystem, string> implements ProtocolHost {
  /** Puts the guards in their places for good: what a module keeps for itself is to be virtual, too. */
  constructor(system: AnySystem, options: HostOptions<string> = {}) {
    super(system, options, (call) => call);
    installGuards();
    enter.standIns = standIns;
  }

  /** There is nothing of which it would matter whether a node has it. */
  start(): readonly string[] {
    return [];
  }

  run(request: RunRequest): Promise<HostRun> {
    return inTurn(() => {
      const delivery = this.delivery(request);
      const { eot } = request.bounds;
      const simulation = draining(() => simulateSystem(this.protocol, eot, delivery, request.traced, this.announce));
      return this.watched(() => this.judged(simulation, request));
    });
  }

  step(): never {
    throw bug('of a system only whole runs are learned');
  }

  async finish(): Promise<void> {
    await pause();
  }
}
