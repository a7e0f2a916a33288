/**
 * The ground program of a check, made when first asked for, and its truth in any scenario.
 *
 * It is that of a wider space, in which any message may be lost and any node may crash: what the bounds of the check spare is needed all the same.
 */
import type { Scenario } from '../../../faults/fault.js';
import { FaultSpace } from '../../../faults/space.js';
import type { Ground } from '../../../lineage/ground.js';
import { ground } from '../../../lineage/grounder.js';
import { cone, type Unit } from '../../../lineage/order.js';
import type { DedalusSystem } from '../../../lineage/system.js';
import { evaluate, type Truth } from '../../../lineage/truth.js';

/** What a leaf of the ground program says. */
export type Leaf =
  | { readonly kind: 'arrival'; readonly from: number; readonly to: number; readonly sent: number }
  /** A crash of this node, or of any, at this tick, or at any. */
  | { readonly kind: 'crash'; readonly node: number | undefined; readonly tick: number | undefined };

/** What takes about a second. */
const MOST_INSTANCES = 60_000;

export class Grounded {
  readonly ground: Ground;
  readonly space: FaultSpace;
  private readonly units: readonly Unit[];
  private readonly leaves = new Map<number, Leaf>();

  /** @throws LdfiError 'limit-ground' if it is too large */
  constructor({ schema, space: { bounds } }: DedalusSystem) {
    this.space = new FaultSpace({ ...bounds, eff: bounds.eot, crashes: bounds.nodes.length });
    const steps = ground(schema, this.space, { mostInstances: MOST_INSTANCES });
    let step = steps.next();
    while (!step.done) step = steps.next();
    this.ground = step.value;
    this.units = cone(this.ground, this.ground.promise);
    this.nameArrivals();
    this.nameCrashes();
  }

  truth(scenario: Scenario): Truth & { readonly scenario: Scenario } {
    return { scenario, ...evaluate(this.ground, this.units, this.space.evaluator(scenario)) };
  }

  /** What the leaf of this formula says. */
  leaf(formula: number): Leaf {
    return this.leaves.get(formula) ?? { kind: 'crash', node: undefined, tick: undefined };
  }

  private nameArrivals(): void {
    const { space } = this;
    const { nodes, eot } = space.bounds;
    for (let sent = 1; sent < eot; sent++)
      for (const from of nodes.keys())
        for (const to of nodes.keys())
          for (const { when } of from === to ? [] : space.arrivals(from, to, sent))
            this.leaves.set(when, { kind: 'arrival', from, to, sent });
  }

  private nameCrashes(): void {
    const { space } = this;
    const { nodes, eot } = space.bounds;
    const all = [...nodes.keys()];
    const ticks = Array.from({ length: Math.max(0, eot - 1) }, (_, i) => i + 1);
    const name = (node: number | undefined, tick: number | undefined): void => {
      const any = (node === undefined ? all : [node]).flatMap((one) =>
        (tick === undefined ? ticks : [tick]).map((at) => space.crashed(one, at)),
      );
      this.leaves.set(space.circuit.or(any), { kind: 'crash', node, tick });
    };
    for (const tick of [undefined, ...ticks]) for (const node of [undefined, ...all]) name(node, tick);
  }
}
