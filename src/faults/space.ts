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
  private readonly variables = new Map<string, Formula>();
  private readonly arrivalCache = new Map<number, readonly Arrival[]>();

  constructor(readonly bounds: Bounds) {
    this.faults = KINDS.flatMap((kind): Fault[] => kind.possible(bounds));
    this.faults.forEach((fault, i) => {
      this.variables.set(keyOf(fault), this.circuit.variable(i));
    });
    this.admissible = this.circuit.and(KINDS.flatMap((kind) => kind.constraints(this)));
  }

  /** 'This fault is injected'; FALSE if the bounds exclude it. */
  variable(fault: Fault): Formula {
    return this.variables.get(keyOf(fault)) ?? FALSE;
  }

  /** The ticks at which what node number `from` sends to node number `to` at tick `sent` may hold, and when it does. */
  arrivals(from: number, to: number, sent: number): readonly Arrival[] {
    const { nodes, eot } = this.bounds;
    const key = (from * nodes.length + to) * (eot + 1) + sent;
    let arrivals = this.arrivalCache.get(key);
    if (arrivals === undefined) {
      arrivals = [{ at: sent + 1, when: TRUE }];
      const slot = { from: nodes[from] as string, to: nodes[to] as string, sent };
      if (from !== to) for (const kind of KINDS) arrivals = kind.deliver(this, slot, arrivals);
      this.arrivalCache.set(key, arrivals);
    }
    return arrivals;
  }

  /** The leaf `crash(node, tick)` for node number `node`. */
  crashed(node: number, tick: number): Formula {
    return this.variable({ kind: 'crash', node: this.bounds.nodes[node] as string, tick });
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
}

/** A key that no choice of node names can make ambiguous. */
const keyOf = (fault: Fault): string =>
  JSON.stringify(fault.kind === 'crash' ? [fault.node, fault.tick] : [fault.from, fault.to, fault.tick]);
