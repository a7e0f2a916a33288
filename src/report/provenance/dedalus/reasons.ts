/**
 * Why an atom of the ground program is what it is in one run, as supports: why and why-not, the lineage of section 2
 * of the design, with what it needs in words.
 *
 * A body counts only if all that it asks for is so in one of the runs at hand, so a support is sound for these runs:
 * in each of them in which all its needs are met, the atom has the same truth. On a cycle, a true atom uses atoms of
 * lower rank only, and false ones share one reason.
 */

import { getOrMake } from '../../../core/memo.js';
import type { Fault } from '../../../faults/fault.js';
import { formatFault } from '../../../faults/scenario.js';
import { type AtomId, atomOf, type Body, type Definition, type FactKey } from '../../../lineage/ground/ground.js';
import { absenceInWords, faultInWords } from '../../words.js';
import type { Case } from '../case.js';
import { ALWAYS, NEVER, type Support, type Supports } from '../supports.js';
import type { Grounded, GroundTruth } from './grounded.js';
import type { Traced } from './traced.js';

type List = readonly Support[];
type Leaf = Definition & { readonly kind: 'leaf' };

export class Reasons {
  private readonly memo = new Map<AtomId, List>();
  /** Per fault of the case's scenario: truth of formulas if it alone is injected. */
  private readonly alone: readonly ((formula: number) => boolean)[];
  private readonly usually: (formula: number) => boolean;

  /** @param isPossible whether a literal is true in one of the runs at hand */
  constructor(
    private readonly grounded: Grounded,
    private readonly truth: GroundTruth,
    private readonly isPossible: (literal: number) => boolean,
    private readonly supports: Supports,
    private readonly it: Case<Traced>,
  ) {
    this.alone = it.scenario.map((fault) => grounded.space.evaluator([fault]));
    this.usually = grounded.space.evaluator([]);
  }

  /** Whether a literal of the promise is true. */
  holds(literal: number | boolean): boolean {
    return typeof literal === 'boolean' ? literal : this.truth.holds(literal);
  }

  /** Ways in which a literal of the promise is as wanted; none if it is not. */
  decided(literal: number | boolean, wanted: boolean): List {
    if (this.holds(literal) !== wanted) return NEVER;
    return typeof literal === 'boolean' ? ALWAYS : this.of(atomOf(literal));
  }

  /** @param head the fact that the atom is in a body of */
  private of(atom: AtomId, head?: FactKey): List {
    const { definitions, componentOf } = this.grounded.ground;
    const definition = definitions[atom] as Definition;
    if (definition.kind === 'leaf') return this.leaf(definition, head);
    return getOrMake(this.memo, atom, () =>
      componentOf.has(atom) ? this.onCycle(atom) : this.reason(definition, atom),
    );
  }

  private reason(definition: Definition, atom: AtomId): List {
    const isTrue = this.truth.holds(atom + 1);
    if (definition.kind === 'bodies') return isTrue ? this.why(atom) : this.whyNot([atom]);
    if (definition.kind === 'total') return this.supports.and(definition.inputs.map((input) => this.of(input.atom)));
    if (definition.kind === 'leaf') return this.leaf(definition);
    const agreeing = definition.inputs.filter((input) => this.truth.holds(input + 1) === isTrue);
    const enough = isTrue ? definition.least : definition.inputs.length - definition.least + 1;
    return this.supports.atLeast(
      agreeing.map((input) => this.of(input)),
      enough,
    );
  }

  private onCycle(atom: AtomId): List {
    const { components, componentOf } = this.grounded.ground;
    const members = components[componentOf.get(atom) ?? -1] ?? [atom];
    const { holds, rank } = this.truth;
    if (holds(atom + 1))
      return this.why(atom, (other) => !holds(other + 1) || !members.includes(other) || rank(other) < rank(atom));
    const absent = new Set(members.filter((other) => !holds(other + 1)));
    return this.whyNot([...absent], (body) => !body.some((literal) => literal > 0 && absent.has(atomOf(literal))));
  }

  private why(atom: AtomId, usable: (atom: AtomId) => boolean = () => true): List {
    const { ground } = this.grounded;
    const bodies = ground.bodies(atom).filter((body) => body.every((l) => this.truth.holds(l) && usable(atomOf(l))));
    return this.supports.or(bodies.map((body) => this.supports.and(this.each(body, atom))));
  }

  private whyNot(atoms: readonly AtomId[], counts: (body: Body) => boolean = () => true): List {
    const { ground } = this.grounded;
    const isArrival = (literal: number): boolean => {
      const definition = ground.definitions[atomOf(literal)];
      return definition?.kind === 'leaf' && !definition.crash;
    };
    const failing: List[] = [];
    for (const atom of atoms)
      for (const body of ground.bodies(atom)) {
        // 'No tuple matches' is about any tuple; a rule fires only on what there is.
        const isRule = ground.facts[atom] !== undefined || body.length > 1;
        const isPossible = !isRule || body.every((l) => l < 0 || isArrival(l) || this.isPossible(l));
        if (!counts(body) || !isPossible) continue;
        failing.push(
          this.supports.or([
            ...this.each(
              body.filter((l) => !this.truth.holds(l)),
              atom,
            ),
          ]),
        );
      }
    return this.supports.and(failing);
  }

  private *each(body: Body, atom: AtomId): Generator<List> {
    for (const literal of body) yield this.of(atomOf(literal), this.grounded.ground.facts[atom]);
  }

  private leaf(definition: Leaf, head?: FactKey): List {
    const { formula } = definition;
    const { scenario } = this.truth;
    const { space } = this.grounded;
    const leaf = this.grounded.leaf(definition);
    const normal = this.usually(formula);
    if (this.truth.leaf(formula) !== normal) {
      const fault = scenario.find((one) => space.evaluator([one])(formula) !== normal);
      return fault ? this.happens(fault) : NEVER;
    }
    const cut = this.alone.flatMap((happens, i) => (happens(formula) === normal ? [] : [i]));
    if (leaf.kind === 'other') return this.spared(formula, cut);
    const { names } = this.it.run;
    const { nodes } = this.it.of;
    if (leaf.kind === 'down') {
      const { node, tick } = leaf;
      const name = node === undefined ? undefined : nodes[node];
      const text = `${name ?? 'no node'} ${name === undefined ? 'crashes' : 'does not crash'}${tick === undefined ? '' : ` at tick ${tick}`}`;
      const content = JSON.stringify([name, 'alive', tick]);
      return this.supports.one(`alive ${text}`, () => ({ text, tick: undefined, cut, content }));
    }
    const { from, to, sent } = leaf;
    const { relation = 0, tuple = 0 } = head ?? {};
    return this.supports.one(names.message(from, to, sent, relation, tuple), () => {
      const item = names.item(relation, tuple);
      const content = JSON.stringify([nodes[from], nodes[to], item.relation, ...item.row]);
      return { text: `${item.text} ${nodes[from]}→${nodes[to]}`, tick: sent, cut, content };
    });
  }

  /** What is so wherever none of these faults happens; of faults that are not at hand nothing is said. */
  private spared(formula: number, cut: readonly number[]): List {
    const fault = this.it.scenario[cut[0] ?? -1];
    if (!fault) return ALWAYS;
    const text = absenceInWords(fault);
    return this.supports.one(`spared ${formula}`, () => ({ text, tick: undefined, cut, content: text }));
  }

  /** That another fault happens is nothing that a fault could prevent. */
  private happens(fault: Fault): List {
    return this.supports.one(`fault ${formatFault(fault)}`, () => ({
      text: faultInWords(fault),
      tick: undefined,
      cut: [],
      content: JSON.stringify(fault),
    }));
  }
}
