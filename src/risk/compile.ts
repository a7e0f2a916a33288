/**
 * From formulas over faults to decision diagrams.
 *
 * Variables are asked in the order of time, those of one sender and link side by side: what happens depends on the past
 * through few states. Whatever gets large is cut down to the scenarios that the bounds admit, which keeps diagrams
 * small where few faults may be together.
 */
import { type Circuit, type Formula, TRUE } from '../core/circuit.js';
import type { AnyFault } from '../faults/kind.js';
import { keyOf, kindOf } from '../faults/kinds.js';
import type { FaultSpace } from '../faults/space.js';
import type { Diagram, Diagrams } from './diagram.js';

/** The faults of a space, by their numbers, in the order of a diagram. */
export function orderOf({ faults }: FaultSpace): number[] {
  const keys = faults.map((fault, number) => ({ number, tick: kindOf(fault).order(fault)[0], place: placeOf(fault) }));
  keys.sort((a, b) => a.tick - b.tick || (a.place < b.place ? -1 : a.place > b.place ? 1 : a.number - b.number));
  return keys.map(({ number }) => number);
}

/** Where a fault strikes: a node, or a link after its sender; what is wider comes first. */
function placeOf(fault: AnyFault): string {
  const kind = kindOf(fault);
  const slot = kind.slot?.(fault);
  if (slot) return keyOf([slot.from, slot.to]);
  const node = (kind.downtime?.(fault) ?? kind.standstill?.(fault) ?? kind.precedence?.(fault))?.node;
  return node === undefined ? '' : keyOf([node]);
}

/** Parts of a law that speak of more variables than this are limits. */
const WIDE = 16;

/** Nodes more than were needed the last time, at which those that are not needed any more are thrown away. */
const SURPLUS = 1_000_000;

const LARGE = 1_000;

/** Where a formula is compiled. */
interface Place {
  readonly diagrams: Diagrams;
  /** Numbers of variables as the diagrams ask them. */
  readonly order: readonly number[];
  /** A gate that takes more new nodes than this is cut down to the scenarios of interest; default 1,000. */
  readonly large?: number;
}

/**
 * A formula within some scenarios as a diagram; yields now and then.
 *
 * Of a gate only its truth in those scenarios matters; so whatever gets large is cut down to them. Diagrams made before
 * may be thrown away, but for `within` and `kept`; they keep their numbers if nothing is older.
 */
export function* compile(
  { diagrams, order, large = LARGE }: Place,
  circuit: Circuit,
  formula: Formula,
  within: Diagram = TRUE,
  kept: Diagram = within,
): Generator<void, Diagram> {
  const levels = new Map(order.map((number, level) => [number, level]));
  const top = Math.abs(formula);
  const cone = coneOf(circuit, top);
  const uses = usesOf(circuit, cone);
  const known = new Map<number, Diagram>([[TRUE, TRUE]]);
  let needed = diagrams.size;
  const collect = (): void => {
    const renumbered = diagrams.collect([within, kept, ...known.values()]);
    for (const [id, diagram] of known) known.set(id, renumbered(diagram));
    needed = diagrams.size;
  };
  const truth = (input: Formula): Diagram => Math.sign(input) * (known.get(Math.abs(input)) as Diagram);
  function* conjunction(inputs: readonly Formula[]): Generator<void, Diagram> {
    // From the last variables on: intermediate results stay small.
    const parts = inputs.map(truth).sort((a, b) => diagrams.level(b) - diagrams.level(a));
    let all: Diagram = TRUE;
    for (const part of parts) {
      const before = diagrams.size;
      all = yield* diagrams.and(all, part);
      if (diagrams.size > before + large) all = yield* diagrams.and(within, all);
    }
    return all;
  }
  for (const id of cone) {
    const variable = circuit.variableOf(id);
    const inputs = variable >= 0 ? [] : circuit.inputs(id);
    known.set(id, variable >= 0 ? diagrams.variable(levels.get(variable) as number) : yield* conjunction(inputs));
    for (const gate of inputs.map(Math.abs)) {
      const left = (uses.get(gate) as number) - 1;
      uses.set(gate, left);
      if (left === 0 && gate !== TRUE) known.delete(gate);
    }
    if (diagrams.size > needed + SURPLUS) collect();
  }
  return yield* diagrams.and(within, truth(formula));
}

/** The gates below a gate, inputs first. */
function coneOf(circuit: Circuit, top: number): number[] {
  const seen = new Set<number>();
  const open = top === TRUE ? [] : [top];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (circuit.variableOf(id) < 0) for (const input of circuit.inputs(id)) open.push(Math.abs(input));
  }
  return [...seen].sort((a, b) => a - b);
}

/** How many gates of a cone have a gate as their input. */
function usesOf(circuit: Circuit, cone: readonly number[]): Map<number, number> {
  const uses = new Map<number, number>();
  for (const id of cone)
    if (circuit.variableOf(id) < 0)
      for (const input of circuit.inputs(id)) uses.set(Math.abs(input), (uses.get(Math.abs(input)) ?? 0) + 1);
  return uses;
}

/**
 * A conjunction as conjunctions of its parts that share variables, those of many variables first: limits on all faults
 * of a kind keep small what follows. Parts of few variables that are not connected are small by themselves.
 */
export function partsOf(circuit: Circuit, formula: Formula): Formula[] {
  if (formula <= TRUE || circuit.variableOf(formula) >= 0) return [formula];
  const parts = circuit.inputs(formula).map((part) => ({
    part,
    variables: coneOf(circuit, Math.abs(part)).filter((id) => circuit.variableOf(id) >= 0),
  }));
  const wide = parts.filter(({ variables }) => variables.length > WIDE);
  const groups = new Map<number, Set<{ part: Formula; variables: number[] }>>();
  for (const one of parts) {
    if (wide.includes(one)) continue;
    const group = new Set([one]);
    for (const variable of one.variables) for (const other of groups.get(variable) ?? []) group.add(other);
    for (const { variables } of group) for (const variable of variables) groups.set(variable, group);
  }
  wide.sort((a, b) => b.variables.length - a.variables.length);
  const narrow = [...new Set(groups.values())].map((group) => circuit.and([...group].map(({ part }) => part)));
  return [...wide.map(({ part }) => part), ...narrow];
}
