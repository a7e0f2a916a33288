/**
 * The ground program of a check, made when first asked for, and its truth in any scenario.
 *
 * It is that of a wider space, in which any message may be lost and any node may crash: what the bounds of the check
 * spare is needed all the same.
 */
import type { Work } from '../../../core/work.js';
import { boundRanges, boundValues, firstGiven } from '../../../faults/bounds.js';
import type { Bounds, Scenario } from '../../../faults/fault.js';
import { numbersOf } from '../../../faults/kind.js';
import { FaultSpace } from '../../../faults/space.js';
import type { Definition, Ground } from '../../../lineage/ground/ground.js';
import { ground } from '../../../lineage/ground/grounder.js';
import { cone, type Unit } from '../../../lineage/ground/order.js';
import type { DedalusSystem } from '../../../lineage/ground/system.js';
import { evaluate, type Truth } from '../../../lineage/ground/truth.js';
import { DEFAULT_GUARDS } from '../../../simulator/fixpoint.js';

/** What a leaf of the ground program says. */
export type Leaf =
  /** That a message to another node arrives when it usually does. */
  | { readonly kind: 'arrival'; readonly from: number; readonly to: number; readonly sent: number }
  /** That this node goes down, or any, at this tick, or at any. */
  | { readonly kind: 'down'; readonly node: number | undefined; readonly tick: number | undefined }
  /** That a message arrives at another tick, that a node runs its rules: what only some faults bring about or deny. */
  | { readonly kind: 'other' };

/** What takes about a second. */
const MOST_INSTANCES = 60_000;

/**
 * The usual kinds that are asked for as often as there is room for, the others as they are asked for; without limits on
 * numbers, and nothing that is spared.
 */
function widened({ nodes, groups, ...bounds }: Bounds): Bounds {
  const wide = boundValues(bounds).flatMap(([name, value]) => {
    const { most, default: usual, optional } = boundRanges()[name];
    if (optional) return usual === most ? [] : [[name, value]];
    return [[name, value > 0 || usual > 0 ? Math.min(most, bounds.eot) : value]];
  });
  return { ...firstGiven(Object.fromEntries(wide), { groups }), nodes };
}

export interface GroundTruth extends Truth {
  readonly scenario: Scenario;
  /** Truth of a leaf's formula. */
  readonly leaf: (formula: number) => boolean;
}

export class Grounded {
  private readonly leaves = new Map<number, Leaf>();

  private constructor(
    readonly space: FaultSpace,
    readonly ground: Ground,
    private readonly units: readonly Unit[],
  ) {
    this.nameArrivals();
    this.nameDowns();
  }

  /** @throws LdfiError 'limit-ground' if it is too large */
  static *of({ schema, space: { bounds } }: DedalusSystem): Work<Grounded, void> {
    const space = new FaultSpace(widened(bounds));
    const { stretch } = DEFAULT_GUARDS;
    const steps = ground(schema, space, { mostInstances: MOST_INSTANCES, stretch });
    let step = steps.next();
    for (; !step.done; step = steps.next()) yield;
    return new Grounded(space, step.value, yield* cone(step.value, step.value.promise));
  }

  *truth(scenario: Scenario): Work<GroundTruth, void> {
    const leaf = this.space.evaluator(scenario);
    return { scenario, leaf, ...(yield* evaluate(this.ground, this.units, leaf)) };
  }

  /** What the leaf of this formula says. */
  leaf({ formula, crash }: Extract<Definition, { kind: 'leaf' }>): Leaf {
    return this.leaves.get(formula) ?? (crash ? { kind: 'down', node: undefined, tick: undefined } : { kind: 'other' });
  }

  private nameArrivals(): void {
    const { space } = this;
    const { nodes, eot, perMessage } = space.bounds;
    for (let sent = 1; sent < eot; sent++)
      for (const from of nodes.keys())
        for (const to of nodes.keys())
          for (const number of from === to ? [] : numbersOf(perMessage))
            for (const { at, when } of space.arrivals(from, to, sent, number))
              if (at === sent + 1) this.leaves.set(when, { kind: 'arrival', from, to, sent });
  }

  private nameDowns(): void {
    const { circuit, seen } = this.space;
    const [nodes, ticks] = [
      new Set([undefined, ...seen.map(({ node }) => node)]),
      new Set([undefined, ...seen.map(({ tick }) => tick)]),
    ];
    // What is open comes first: of one node or tick alone, the name is the closer one.
    for (const tick of ticks)
      for (const node of nodes) {
        const any = seen.filter((one) => (node ?? one.node) === one.node && (tick ?? one.tick) === one.tick);
        this.leaves.set(circuit.or(any.map(({ when }) => when)), { kind: 'down', node, tick });
      }
  }
}
