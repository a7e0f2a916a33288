/**
 * What to decide where lineage knows that the promise is kept and the checker cannot tell: the fact, or the variable,
 * after which least is open (looking one step ahead, as in the solver of Heule and van Maaren, 2009).
 */
import type { Work } from '../core/work.js';
import { Cube, type Scope } from '../faults/cubes/cube.js';
import { keyOf } from '../faults/kinds.js';
import type { AtomId, Definition } from '../lineage/ground/ground.js';
import { mentioned } from '../lineage/ground/order.js';
import type { Cone } from '../lineage/ground/system.js';
import type { Schema } from '../simulator/schema.js';
import { along, type Decision, type FactAt, type Path } from '../verify/tree.js';
import { groundTruth, openAtoms } from './ground-truth.js';
import type { LineageOracle } from './lineage-oracle.js';

/** How many decisions are looked at. */
const MOST_TRIED = 32;

export class Guide {
  private readonly atoms = new Map<string, AtomId>();

  constructor(
    private readonly scope: Scope,
    private readonly schema: Schema,
    private readonly cone: Cone,
    private readonly oracle: LineageOracle,
  ) {
    for (const { atoms } of cone.units)
      for (const atom of atoms) {
        const fact = this.factOf(atom);
        if (fact) this.atoms.set(keyOf(fact), atom);
      }
  }

  /** The decision; undefined if there is none that helps. */
  *choose(path: Path): Work<Decision | undefined, undefined> {
    const openOn = (way: Path | undefined): readonly AtomId[] => {
      const truth = way && this.truth(way);
      return truth ? openAtoms(this.cone, truth) : [];
    };
    const open = openOn(path);
    let best: { readonly decision: Decision; readonly gain: number } | undefined;
    for (const decision of this.candidates(open, path)) {
      const [no, yes] = [openOn(along(path, decision, false)).length, openOn(along(path, decision, true)).length];
      const gain = (open.length + 1 - no) * (open.length + 1 - yes);
      if (!best || gain > best.gain) best = { decision, gain };
      yield undefined;
    }
    return best?.decision;
  }

  /** Open facts that most is derived from, and open variables. */
  private candidates(open: readonly AtomId[], path: Path): Decision[] {
    const uses = new Map<AtomId, number>();
    for (const atom of open)
      for (const input of mentioned(this.cone.grounded.definitions[atom] as Definition))
        uses.set(input, (uses.get(input) ?? 0) + 1);
    const cube = new Cube(this.scope, path.variables);
    const facts = open.flatMap((atom) => {
      const fact = this.factOf(atom);
      return fact ? [{ fact, uses: uses.get(atom) ?? 0 }] : [];
    });
    const variables = new Set<number>();
    for (const atom of open) {
      const definition = this.cone.grounded.definitions[atom];
      if (definition?.kind === 'leaf')
        for (const number of this.oracle.open(definition.formula, cube)) variables.add(number);
    }
    const used = facts.sort((a, b) => b.uses - a.uses).map(({ fact }) => fact);
    return [...used.slice(0, MOST_TRIED), ...[...variables].slice(0, MOST_TRIED)];
  }

  private truth({ variables, facts }: Path): Int8Array | undefined {
    const cube = new Cube(this.scope, variables);
    if (cube.isEmpty) return undefined;
    const decided = new Map(
      [...facts].flatMap(([key, holds]) => {
        const atom = this.atoms.get(key);
        return atom === undefined ? [] : [[atom, holds] as const];
      }),
    );
    return groundTruth(this.cone, this.oracle.truths(cube), decided);
  }

  private factOf(atom: AtomId): FactAt | undefined {
    const key = this.cone.grounded.facts[atom];
    if (!key) return undefined;
    const relation = this.schema.relations[key.relation];
    return relation && [key.tick, relation.name, ...relation.row(key.tuple, this.schema.values)];
  }
}
