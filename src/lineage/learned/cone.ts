/**
 * Run-wide lineage ('cone+'): that every node goes through this run again, tick by tick. It asks nothing of the
 * handlers but that equal runs are equal, so it is what is left where they keep state that transitions do not show.
 *
 * A node does at t what it did if it is alive, did so before, and its inbox is the same: what arrived arrives, from a
 * sender that did as here; what did not arrive is lost for a reason true here, or its sender did as here and sent
 * nothing. Silence counts: leaving it out is unsound.
 */
import { type Circuit, type Formula, TRUE } from '../../core/circuit.js';
import type { FaultSpace } from '../../faults/space.js';
import type { ProtocolRun } from './run.js';

/** True of the run's scenario, and of no scenario in which any node ends otherwise. */
export function coneLineage(space: FaultSpace, run: ProtocolRun): Formula {
  const cone = new Cone(space, run);
  return space.circuit.and(space.bounds.nodes.map((_, node) => cone.whole(node)));
}

class Cone {
  private readonly happens: (formula: Formula) => boolean;
  private readonly needs: Formula[][];
  /** How many messages were sent in a slot (from, to, tick). */
  private readonly sent: ReadonlyMap<string, number>;
  private readonly circuit: Circuit;

  constructor(
    private readonly space: FaultSpace,
    run: ProtocolRun,
  ) {
    this.circuit = space.circuit;
    this.happens = space.evaluator(run.scenario);
    const counts = new Map<string, number>();
    for (const { from, to, sent } of run.messages) {
      const slot = JSON.stringify([from, to, sent]);
      counts.set(slot, (counts.get(slot) ?? 0) + 1);
    }
    this.sent = counts;
    this.needs = [space.bounds.nodes.map(() => TRUE)];
    for (let tick = 1; tick <= space.bounds.eot; tick++)
      this.needs.push(space.bounds.nodes.map((_, node) => this.need(node, tick)));
  }

  /** The node's whole life: to the end, or to the tick at which it goes down here. */
  whole(node: number): Formula {
    const { eot } = this.space.bounds;
    for (let tick = 1; tick <= eot; tick++)
      if (!this.isUp(node, tick) && !this.isAway(node, tick))
        return this.circuit.and([this.space.falling(node, tick), this.before(node, tick)]);
    return this.before(node, eot + 1);
  }

  private before(node: number, tick: number): Formula {
    return (this.needs[tick - 1] as Formula[])[node] as Formula;
  }

  /**
   * That a node, up at `tick` in this run, is so again and ends the tick as here. For one that is down it is never
   * asked.
   */
  private need(node: number, tick: number): Formula {
    const { space } = this;
    if (this.isAway(node, tick)) return this.circuit.and([space.away(node, tick), this.before(node, tick)]);
    if (!this.isUp(node, tick)) return TRUE;
    const clock = [space.standing(node, tick), ...space.firsts(node, tick).map(({ when }) => when)];
    const sameClock = clock.map((formula) => (this.happens(formula) ? formula : -formula));
    const inbox = space.bounds.nodes.flatMap((_, from) => this.inbox(from, node, tick));
    return this.circuit.and([space.up(node, tick), this.before(node, tick), ...sameClock, ...inbox]);
  }

  /** That what a sender's messages are to a node at `tick` is the same again. */
  private inbox(from: number, node: number, tick: number): Formula[] {
    const found: Formula[] = [];
    const { nodes, perMessage = 0 } = this.space.bounds;
    for (let sent = 1; sent < tick; sent++)
      for (let number = 1; number <= Math.max(1, perMessage); number++)
        for (const { at, when } of this.space.arrivals(from, node, sent, number)) {
          if (at !== tick) continue;
          const asHere = this.before(from, sent + 1);
          const wasSent = (this.sent.get(JSON.stringify([nodes[from], nodes[node], sent])) ?? 0) >= number;
          if (this.happens(when)) found.push(wasSent ? this.circuit.and([when, asHere]) : asHere);
          else
            found.push(this.circuit.or([...this.losses(when), ...(wasSent || !this.isUp(from, sent) ? [] : [asHere])]));
        }
    return found;
  }

  private isUp(node: number, tick: number): boolean {
    return this.happens(this.space.up(node, tick));
  }

  private isAway(node: number, tick: number): boolean {
    return this.happens(this.space.away(node, tick));
  }

  /** Why something does not arrive here: each reason alone is enough. */
  private losses(when: Formula): Formula[] {
    const conditions = when > 0 && this.circuit.variableOf(when) < 0 ? this.circuit.inputs(when) : [when];
    return conditions.filter((condition) => !this.happens(condition)).map((condition) => -condition);
  }
}
