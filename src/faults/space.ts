/**
 * The fault space: one boolean variable per possible fault, and the formulas over them that everything else reads.
 *
 * This is the one layer that simulator and grounder share. A leaf fact of a run is `arrives(from, to, sent, at)` or
 * `crash(node, tick)`; each is a formula over fault variables. The simulator evaluates the formula under a scenario, the grounder keeps it.
 */
import { Circuit, FALSE, type Formula, TRUE } from '../core/circuit.js';
import { invariant } from '../core/invariant.js';
import type { Bounds, Fault, Scenario } from './fault.js';
import type { Arrival } from './kind.js';
import { KINDS } from './kinds.js';
import { canonical } from './scenario.js';

export class FaultSpace {
  /** All formulas of one search live here. */
  readonly circuit = new Circuit();
  /** Every possible fault; its index is the number of its variable. */
  readonly faults: readonly Fault[];
  /** True in exactly the assignments that are within the bounds. */
  readonly admissible: Formula;
  private readonly variables = new Map<number, Formula>();
  private readonly nodeNumbers: ReadonlyMap<string, number>;
  /** Per node, `crashedBy` for the ticks 0, 1, 2 … as far as it was asked for. */
  private readonly dead: Formula[][];
  private readonly arrivalCache = new Map<number, readonly Arrival[]>();

  constructor(readonly bounds: Bounds) {
    this.nodeNumbers = new Map(bounds.nodes.map((node, number) => [node, number]));
    this.dead = bounds.nodes.map(() => [FALSE]);
    this.faults = KINDS.flatMap((kind): Fault[] => kind.possible(bounds));
    this.faults.forEach((fault, i) => {
      this.variables.set(this.key(fault), this.circuit.variable(i));
    });
    this.admissible = this.circuit.and(KINDS.flatMap((kind) => kind.constraints(this)));
  }

  /** 'This fault is injected'; FALSE if the bounds exclude it. */
  variable(fault: Fault): Formula {
    return this.variables.get(this.key(fault)) ?? FALSE;
  }

  /** The ticks at which what node number `from` sends to node number `to` at tick `sent` may hold, and when it does. */
  arrivals(from: number, to: number, sent: number): readonly Arrival[] {
    const { nodes, eot } = this.bounds;
    const key = (from * nodes.length + to) * (eot + 1) + sent;
    let arrivals = this.arrivalCache.get(key);
    if (arrivals === undefined) {
      arrivals = [{ at: sent + 1, when: TRUE }];
      if (from !== to) for (const kind of KINDS) arrivals = kind.deliver(this, { from, to, sent }, arrivals);
      this.arrivalCache.set(key, arrivals);
    }
    return arrivals;
  }

  /** The leaf `crash(node, tick)` for node number `node`. */
  crashed(node: number, tick: number): Formula {
    return this.variable({ kind: 'crash', node: this.bounds.nodes[node] as string, tick });
  }

  /** 'Node number `node` has crashed at `tick` or before': a chain over the ticks, so that all of them share gates. */
  crashedBy(node: number, tick: number): Formula {
    const chain = this.dead[node] as Formula[];
    for (let t = chain.length; t <= tick; t++)
      chain.push(this.circuit.or([chain[t - 1] as Formula, this.crashed(node, t)]));
    return chain[tick] as Formula;
  }

  /** Truth of formulas in one scenario. */
  evaluator(scenario: Scenario): (formula: Formula) => boolean {
    const injected = new Set(scenario.map((fault) => this.circuit.variableOf(this.variable(fault))));
    return this.circuit.evaluator((variable) => injected.has(variable));
  }

  /** The canonical scenario in which exactly these variables are true. */
  scenario(variables: Iterable<number>): Scenario {
    const faults: Fault[] = [];
    for (const index of variables) {
      const fault = this.faults[index];
      invariant(fault, `no fault has the variable ${index}`);
      faults.push(fault);
    }
    return canonical(faults);
  }

  /** A number of its own for every fault that could be possible; -1 for others. */
  private key(fault: Fault): number {
    const { nodes, eot } = this.bounds;
    const [from, to] = fault.kind === 'crash' ? [fault.node, fault.node] : [fault.from, fault.to];
    const [i, j] = [this.nodeNumbers.get(from), this.nodeNumbers.get(to)];
    if (i === undefined || j === undefined || fault.tick > eot) return -1;
    // A crash takes the place of an omission from a node to itself, which does not exist.
    if (fault.kind === 'omission' && i === j) return -1;
    return (i * nodes.length + j) * (eot + 1) + fault.tick;
  }
}
