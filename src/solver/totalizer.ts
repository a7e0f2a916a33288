/**
 * Counting in clauses: the totalizer (Bailleux & Boufkhad, CP 2003), built output by output as bounds grow (Martins,
 * Joshi, Manquinho, Lynce, "Incremental cardinality constraints for MaxSAT", CP 2014).
 *
 * A balanced tree over the inputs; output k of a node is forced true when at least k inputs below are. Only that
 * direction is written: outputs are there to be assumed false. Invariant: a node with `outputs.length` of k has all
 * clauses for counts 1 to k; k never shrinks.
 */
import { invariant } from '../core/invariant.js';
import type { SatSolver } from './port.js';

interface Node {
  /** Number of inputs below. */
  readonly size: number;
  readonly children: readonly [Node, Node] | undefined;
  /** Literal k - 1 is forced when at least k inputs below are true. */
  readonly outputs: number[];
}

export class Totalizer {
  private readonly solver: SatSolver;
  private readonly root: Node;

  /**
   * @param solver gets the clauses, as they are needed
   * @param inputs at least one literal; a literal given twice counts twice
   */
  constructor(solver: SatSolver, inputs: readonly number[]) {
    invariant(inputs.length > 0, 'a totalizer needs an input');
    this.solver = solver;
    this.root = build(inputs, 0, inputs.length);
  }

  /** Number of inputs. */
  get size(): number {
    return this.root.size;
  }

  /**
   * A literal that is true whenever at least `count` inputs are: assumed false, it allows at most `count - 1`.
   * @param count 1 … size
   */
  atLeast(count: number): number {
    invariant(count >= 1 && count <= this.size, `a totalizer of ${this.size} cannot count to ${count}`);
    this.extend(this.root, count);
    return this.root.outputs[count - 1] as number;
  }

  /** Gives a node its outputs up to `count` (or all it has); recursion as deep as the logarithm of the size. */
  private extend(node: Node, count: number): void {
    const known = node.outputs.length;
    const wanted = Math.min(count, node.size);
    if (wanted <= known || node.children === undefined) return;
    const [left, right] = node.children;
    this.extend(left, wanted);
    this.extend(right, wanted);
    while (node.outputs.length < wanted) node.outputs.push(this.solver.newVariable());
    for (let total = known + 1; total <= wanted; total++) {
      const output = node.outputs[total - 1] as number;
      for (let i = Math.max(0, total - right.size); i <= Math.min(total, left.size); i++) {
        const clause = [output];
        if (i > 0) clause.push(-(left.outputs[i - 1] as number));
        if (i < total) clause.push(-(right.outputs[total - i - 1] as number));
        this.solver.addClause(clause);
      }
    }
  }
}

function build(inputs: readonly number[], from: number, to: number): Node {
  const size = to - from;
  if (size === 1) return { size, children: undefined, outputs: [inputs[from] as number] };
  const middle = from + (size >> 1);
  return { size, children: [build(inputs, from, middle), build(inputs, middle, to)], outputs: [] };
}
