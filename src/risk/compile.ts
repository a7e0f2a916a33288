/**
 * From formulas over faults to decision diagrams.
 *
 * Variables are asked in the order of time, those of one sender and link side by side: what happens depends on the past
 * through few states. Every gate is compiled within the scenarios that the bounds admit, which keeps diagrams small
 * where few faults may be together.
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

/** A formula as a diagram; yields now and then. */
export type Compile = (formula: Formula) => Generator<void, Diagram>;

/**
 * @param order numbers of variables as the diagrams ask them
 * @param within what every diagram is cut down to
 */
export function compiler(
  diagrams: Diagrams,
  circuit: Circuit,
  order: readonly number[],
  within: Diagram = TRUE,
): Compile {
  const levels = new Map(order.map((number, level) => [number, level]));
  const known = new Map<number, Diagram>([[TRUE, within]]);

  function* gate(id: number): Generator<void, Diagram> {
    const variable = circuit.variableOf(id);
    if (variable >= 0) return yield* diagrams.and(within, diagrams.variable(levels.get(variable) as number));
    const parts: Diagram[] = [];
    for (const input of circuit.inputs(id)) {
      const part = known.get(Math.abs(input)) as Diagram;
      parts.push(input > 0 ? part : yield* diagrams.and(within, -part));
    }
    // From the last variables on: intermediate results stay small.
    parts.sort((a, b) => diagrams.level(b) - diagrams.level(a));
    let all = within;
    for (const part of parts) all = yield* diagrams.and(all, part);
    return all;
  }

  return function* compile(formula) {
    const top = Math.abs(formula);
    for (const id of coneOf(circuit, top, known)) known.set(id, yield* gate(id));
    const diagram = known.get(top) as Diagram;
    return formula > 0 ? diagram : yield* diagrams.and(within, -diagram);
  };
}

/** The gates below a gate that are not known yet, inputs first. */
function coneOf(circuit: Circuit, top: number, known: ReadonlyMap<number, Diagram>): number[] {
  const seen = new Set<number>();
  const open = [top];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id) || known.has(id)) continue;
    seen.add(id);
    if (circuit.variableOf(id) < 0) for (const input of circuit.inputs(id)) open.push(Math.abs(input));
  }
  return [...seen].sort((a, b) => a - b);
}
