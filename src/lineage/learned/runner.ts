/**
 * Runs of a protocol on a host, some of them asked for before they are needed.
 */
import { outcomeWith } from '../../core/outcome.js';
import { type Awaitable, type Work, wait } from '../../core/work.js';
import type { Scenario } from '../../faults/fault.js';
import { formatScenario } from '../../faults/scenario.js';
import type { FaultSpace } from '../../faults/space.js';
import type { HostRun, ProtocolHost, Reading } from '../../protocol/runtime/host.js';
import type { TracedRun } from './run.js';

/** How the reads of the check, and of what is promised of every tick, are followed. */
export interface Readings {
  readonly reading: Reading;
  readonly always: Reading;
}

const NOT_FOLLOWED: Readings = { reading: 'none', always: 'none' };

export class Runner {
  private readonly ahead = new Map<string, Readings & { readonly run: Promise<HostRun> }>();

  constructor(
    /** Where the search runs scenarios. */
    readonly host: ProtocolHost,
    private readonly space: FaultSpace,
  ) {}

  /** A run, slot by slot, whose reads nobody follows. */
  readonly traced = (host: ProtocolHost, scenario: Scenario): Work<TracedRun & HostRun> =>
    this.ran(host, scenario, true);

  /** @throws LdfiError as handlers make it */
  *ran(
    host: ProtocolHost,
    scenario: Scenario,
    traced: boolean,
    readings: Readings = NOT_FOLLOWED,
  ): Work<TracedRun & HostRun> {
    const admitted = this.space.admit(scenario);
    const name = formatScenario(admitted);
    const ahead = host === this.host ? this.ahead.get(name) : undefined;
    if (ahead) this.ahead.delete(name);
    const { reading, always } = readings;
    const suits = ahead && traced && (reading === 'none' || (reading === ahead.reading && always === ahead.always));
    const run = yield* wait(suits ? ahead.run : this.ask(host, admitted, traced, readings));
    const outcome = outcomeWith(
      run.outcome,
      run.ticks.map((tick) => tick.outcome),
    );
    const { eot, nodes } = this.space.bounds;
    return { scenario: admitted, eot, nodes, ...run, outcome, checked: run.outcome };
  }

  /**
   * Asks for runs that will be needed, in their order: a host in another thread need not wait for one to be used before
   * it begins the next one.
   */
  askAhead(scenarios: readonly Scenario[], readings: Readings): void {
    for (const scenario of scenarios) {
      const name = formatScenario(scenario);
      if (this.ahead.has(name)) continue;
      const run = Promise.resolve(this.ask(this.host, this.space.admit(scenario), true, readings));
      run.catch(() => undefined);
      this.ahead.set(name, { run, ...readings });
    }
  }

  private ask(host: ProtocolHost, scenario: Scenario, traced: boolean, readings: Readings): Awaitable<HostRun> {
    return host.run({ bounds: this.space.bounds, scenario, traced, ...readings });
  }
}
