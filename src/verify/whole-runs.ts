/**
 * A system of which only whole runs can be had, in a cube of scenarios: one run stands for all of them if what is open
 * hits nothing that was sent in it.
 */
import { type Work, wait } from '../core/work.js';
import { type Cube, Scope } from '../faults/cubes/cube.js';
import type { Fault, Scenario } from '../faults/fault.js';
import { kindOf } from '../faults/kinds.js';
import { canonical, hitsSlot, lossOf } from '../faults/scenario.js';
import type { ProtocolHost } from '../protocol/runtime/host.js';
import type { Message } from '../protocol/runtime/run.js';
import type { Decision, Verifier } from './tree.js';

export class WholeRuns implements Verifier {
  readonly scope: Scope;
  /** Faults that are open and matter, of the cube that was asked about last. */
  private left: readonly number[] = [];
  isPromising = false;

  constructor(
    private readonly host: ProtocolHost,
    bounds: Scope['bounds'],
  ) {
    this.scope = new Scope(bounds);
  }

  open(): readonly Decision[] {
    return this.left;
  }

  *keeps(cube: Cube): Work<boolean, undefined> {
    const { bounds, faults } = this.scope;
    const isInjected = (_fault: unknown, i: number): boolean => cube.some([i]) === 1;
    const scenario = canonical(faults.filter(isInjected) as Fault[]);
    const run = yield* wait(this.host.run({ bounds, scenario, traced: false, reading: 'none', always: 'none' }));
    this.left = faults.flatMap((fault, i) =>
      cube.some([i]) === 0 && matters(fault as Fault, scenario, run.messages) ? [i] : [],
    );
    if (this.left.length > 0) return false;
    const outcomes = [run.outcome, ...run.ticks.map(({ outcome }) => outcome)];
    this.isPromising = outcomes.some(({ kind }) => kind === 'holds');
    return outcomes.every(({ kind }) => kind !== 'violated');
  }
}

/** Whether a fault that is open changes more than messages, or hits some that were sent and that no other fault loses. */
function matters(fault: Fault, scenario: Scenario, messages: readonly Message[]): boolean {
  const { downtime, standstill, precedence, denies } = kindOf(fault);
  if (downtime || standstill || precedence) return true;
  return messages.some(({ from, to, sent }) => {
    const slot = { from, to, sent };
    return (hitsSlot(fault, slot) || denies(fault, slot)) && !lossOf(scenario, slot);
  });
}
