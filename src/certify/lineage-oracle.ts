/**
 * What lineage says of cubes: whether the promise is kept in all scenarios of one, and which few values of variables
 * keep it in a scenario.
 *
 * Lineage is not trusted: it leads to a tree, which the checker looks at leaf by leaf. Gates for arrivals and for nodes
 * that are up are read off the clock of the cube, which knows more of them than their parts do.
 */
import type { Circuit, Formula } from '../core/circuit.js';
import { Clock } from '../faults/cubes/clock.js';
import { both, type Cube, not, type Scope, type Truth } from '../faults/cubes/cube.js';
import { numbersOf } from '../faults/kind.js';
import type { FaultSpace } from '../faults/space.js';

/** A gate that is read off a cube; the variable and its value that make it true and false, if there is one. */
interface Leaf {
  truth(cube: Cube, clock: Clock): Truth;
  readonly variable?: { readonly number: number; readonly whenTrue: boolean } | undefined;
}

export class LineageOracle {
  /** Gates of the cone of what is known, in an order in which inputs come first. */
  private readonly order: number[] = [];
  private readonly inputs = new Map<number, readonly Formula[]>();
  private readonly leaves = new Map<number, Leaf>();
  /** Of a gate that says that none of some faults is injected, these. */
  private readonly sets = new Map<number, readonly number[]>();

  constructor(
    private readonly space: FaultSpace,
    readonly scope: Scope,
    private readonly known: Formula,
    others: readonly Formula[] = [],
  ) {
    this.readOff();
    this.walk(space.circuit, [known, ...others]);
  }

  /** Whether the promise is kept in all scenarios of a cube. */
  isKept(cube: Cube): boolean {
    return this.truths(cube)(this.known) === 1;
  }

  /** Few of the values of a cube of one scenario that keep the promise, as a rule; undefined if it is not kept. */
  reason(cube: Cube): Map<number, boolean> | undefined {
    const truth = this.truths(cube);
    if (truth(this.known) !== 1) return undefined;
    const costs = new Map<number, number>([[1, 0]]);
    const chosen = new Map<number, readonly Formula[]>();
    const costOf = (formula: Formula): number => costs.get(Math.abs(formula)) ?? 0;
    for (const gate of this.order) {
      const inputs = this.inputs.get(gate);
      if (!inputs) {
        costs.set(gate, this.isFault(gate, truth(gate)) ? 1.5 : 1);
        continue;
      }
      const least = (): Formula[] => {
        // A cube may know of a gate what it does not know of any input.
        const denied = inputs.filter((input) => truth(input) === -1);
        return denied.sort((a, b) => costOf(a) - costOf(b)).slice(0, 1);
      };
      const needed = truth(gate) === 1 ? inputs : least();
      chosen.set(gate, needed);
      costs.set(
        gate,
        needed.reduce((sum, input) => sum + costOf(input), 0),
      );
    }
    const values = new Map<number, boolean>();
    const seen = new Set<number>([1]);
    const waiting = [Math.abs(this.known)];
    for (let gate = waiting.pop(); gate !== undefined; gate = waiting.pop()) {
      if (seen.has(gate)) continue;
      seen.add(gate);
      if (!this.inputs.has(gate)) this.demand(gate, truth(gate) === 1, cube, values);
      for (const input of chosen.get(gate) ?? []) waiting.push(Math.abs(input));
    }
    return values;
  }

  /** The variables of which the truth of a formula depends, as far as they are open in a cube. */
  open(formula: Formula, cube: Cube): number[] {
    const truth = this.truths(cube);
    const found = new Set<number>();
    const seen = new Set<number>([1]);
    const waiting = [Math.abs(formula)];
    for (let gate = waiting.pop(); gate !== undefined; gate = waiting.pop()) {
      if (seen.has(gate) || truth(gate) !== 0) continue;
      seen.add(gate);
      const inputs = this.inputs.get(gate);
      for (const input of inputs ?? []) waiting.push(Math.abs(input));
      const own = this.leaves.get(gate)?.variable?.number;
      if (own !== undefined) found.add(own);
      else if (!inputs)
        for (const fault of this.faultsUnder(gate))
          if (cube.some(this.scope.variables[fault] ?? []) === 0) found.add(fault);
    }
    return [...found].sort((a, b) => a - b);
  }

  private faultsUnder(gate: number): readonly number[] {
    const { circuit } = this.space;
    const own = circuit.variableOf(gate);
    if (own >= 0) return [own];
    return circuit.inputs(gate).flatMap((input) => (Math.abs(input) > 1 ? this.faultsUnder(Math.abs(input)) : []));
  }

  /** The values that make a gate true or false. */
  private demand(gate: number, isTrue: boolean, cube: Cube, values: Map<number, boolean>): void {
    const leaf = this.leaves.get(gate)?.variable;
    if (leaf) {
      values.set(leaf.number, isTrue === leaf.whenTrue);
      return;
    }
    const fault = this.space.circuit.variableOf(gate);
    const faults = fault < 0 ? (this.sets.get(gate) ?? []) : [fault];
    if (isTrue === fault >= 0) this.demandOne(faults, cube, values);
    else for (const one of faults) this.demandNone(one, cube, values);
  }

  /** Values by which one of some faults is injected. */
  private demandOne(faults: readonly number[], cube: Cube, values: Map<number, boolean>): void {
    const isIn = (set: readonly number[]): boolean => cube.some(set) === 1;
    const one = faults.find((fault) => isIn([fault])) ?? -1;
    const sets = this.scope.variables
      .map((set, number) => ({ set, number }))
      .filter(({ set }) => set.includes(one) && isIn(set));
    if (sets.length === 0) return;
    const { set, number } = sets.reduce((least, it) => (it.set.length < least.set.length ? it : least));
    values.set(number, true);
    for (const other of set) if (!faults.includes(other)) this.demandNone(other, cube, values);
  }

  /** Values by which a fault is not injected: of a variable that speaks of it, or because of another fault. */
  private demandNone(fault: number, cube: Cube, values: Map<number, boolean>): void {
    const { variables, rivals } = this.scope;
    let widest = -1;
    for (const [number, set] of variables.entries())
      if (set.includes(fault) && cube.some(set) === -1 && set.length > (variables[widest]?.length ?? 0))
        widest = number;
    if (widest >= 0) values.set(widest, false);
    const isRival = (other: number): boolean => rivals[fault]?.has(other) === true;
    const instead = widest < 0 ? variables.findIndex((set) => cube.some(set) === 1 && set.every(isRival)) : -1;
    if (instead >= 0) values.set(instead, true);
  }

  /** Whether a gate that has this truth says that something fails. */
  private isFault(gate: number, truth: Truth): boolean {
    const whenTrue = this.leaves.get(gate)?.variable?.whenTrue ?? true;
    return (truth === 1) === whenTrue;
  }

  /** The truth of what is known, and of the other formulas, in a cube. */
  truths(cube: Cube): (formula: Formula) => Truth {
    const clock = new Clock(this.scope, cube);
    const truths = new Map<number, Truth>([[1, 1]]);
    const of = (formula: Formula): Truth => {
      const truth = truths.get(Math.abs(formula)) ?? 0;
      return formula > 0 ? truth : not(truth);
    };
    for (const gate of this.order) {
      const known = this.leaves.get(gate)?.truth(cube, clock);
      const parts = this.inputs.get(gate)?.reduce<Truth>((truth, input) => both(truth, of(input)), 1);
      truths.set(gate, known || (parts ?? cube.some([this.space.circuit.variableOf(gate)])));
    }
    return of;
  }

  /** The gates of arrivals and of nodes that are up. */
  private readOff(): void {
    const { space, scope } = this;
    const { nodes, eot, perMessage } = space.bounds;
    const add = (formula: Formula, leaf: Leaf): void => {
      const gate = Math.abs(formula);
      if (gate < 2 || space.circuit.variableOf(gate) >= 0) return;
      const { variable } = leaf;
      const flipped = {
        truth: (cube: Cube, clock: Clock) => not(leaf.truth(cube, clock)),
        variable: variable && { ...variable, whenTrue: !variable.whenTrue },
      };
      this.leaves.set(gate, formula > 0 ? leaf : flipped);
    };
    for (const [n, node] of nodes.entries())
      for (let tick = 1; tick <= eot; tick++) {
        const down = scope.down(node, tick);
        add(space.up(n, tick), { truth: (cube) => not(cube.some(down)), variable: this.variableOf(down) });
        add(space.running(n, tick), {
          truth: (_, clock) => clock.runs(node, tick),
          variable: this.variableOf(scope.stops(node, tick)),
        });
        add(space.standing(n, tick), { truth: (_, clock) => clock.stands(node, tick) });
        for (const [m, to] of nodes.entries())
          for (const nth of numbersOf(perMessage)) {
            const arrivals = space.arrivals(n, m, tick, nth);
            const denied = this.variableOf(scope.deniers({ from: node, to, sent: tick, nth }));
            for (const { at, when } of arrivals)
              add(when, {
                truth: (_, clock) => new Map(clock.arrives(node, to, tick, nth ?? 1)).get(at) ?? -1,
                variable: arrivals.length === 1 && !space.has.stops ? denied : undefined,
              });
          }
      }
  }

  /** The variable that is false when none of some faults is injected. */
  private variableOf(faults: readonly number[]): Leaf['variable'] {
    const { variables } = this.scope;
    const isSame = (set: readonly number[]): boolean =>
      set.length === faults.length && set.every((it) => faults.includes(it));
    const number = variables.findIndex(isSame);
    return number < 0 ? undefined : { number, whenTrue: false };
  }

  private walk(circuit: Circuit, roots: readonly Formula[]): void {
    const seen = new Set<number>([1]);
    const waiting = roots.map(Math.abs);
    for (let gate = waiting.pop(); gate !== undefined; gate = waiting.pop()) {
      if (seen.has(gate)) continue;
      seen.add(gate);
      this.order.push(gate);
      if (this.leaves.get(gate)?.variable || circuit.variableOf(gate) >= 0) continue;
      const inputs = circuit.inputs(gate);
      const faults = inputs.map((input) => (input < 0 ? circuit.variableOf(-input) : -1));
      // None of some faults is injected: a cube may know that without knowing it of each.
      if (!faults.includes(-1)) {
        this.leaves.set(gate, { truth: (cube) => not(cube.some(faults)), variable: this.variableOf(faults) });
        this.sets.set(gate, faults);
        continue;
      }
      this.inputs.set(gate, inputs);
      for (const input of inputs) waiting.push(Math.abs(input));
    }
    this.order.sort((a, b) => a - b);
  }
}
