/**
 * Steps of an explanation that say the same of other nodes, together: why b has nothing, and 'the same for c and d'.
 *
 * Two steps are alike if one becomes the other when nodes are given other names, those of the explained fact aside:
 * the same rule or handler, the same facts that hold, fail and differ from the good run, the same fault.
 */
import { groupBy } from '../../core/memo.js';
import { formatFault } from '../../faults/scenario.js';
import { listInWords } from '../words.js';
import type { Case } from './case.js';
import type { FactKey, WhyStep, WhyView } from './views.js';

export interface AlikeSteps {
  readonly first: WhyStep;
  /** The nodes that it has where the others have theirs. */
  readonly names: readonly string[];
  /** The others, each with the names that it has where the first one has its own. */
  readonly others: readonly { readonly step: WhyStep; readonly names: readonly string[] }[];
}

/** A step with numbers in the place of nodes, and the nodes by number. */
interface Shape {
  readonly key: string;
  readonly names: readonly string[];
}

/** @param why the explanation, if there is one @param steps of it, in the order in which they are to be shown; each is in one of the groups */
export function alikeSteps(it: Case, why: WhyView | undefined, steps: readonly WhyStep[]): AlikeSteps[] {
  const fixed = new Set(why?.fact.row);
  const free = it.of.nodes.filter((node) => !fixed.has(node));
  const shaped = steps.map((step) => ({ step, ...shapeOf(it, step, free) }));
  return [...groupBy(shaped, ({ key }) => key).values()].map(([first, ...others]) => ({
    first: first.step,
    names: first.names,
    others: others.map(({ step, names }) => ({ step, names })),
  }));
}

function shapeOf(it: Case, { source, kind, label, body, fault, note }: WhyStep, free: readonly string[]): Shape {
  const names: string[] = [];
  const numbered = (name: string): string => {
    if (!names.includes(name)) names.push(name);
    return `\0${names.indexOf(name)}`;
  };
  const value = (of: string | number): string | number =>
    typeof of === 'string' && free.includes(of) ? numbered(of) : of;
  const text = (of: string): string => of.replace(/[\p{L}\p{N}_]+/gu, (word) => String(value(word)));
  const parts = body.map(({ fact, negated, holds, blocking }) => [
    fact.relation,
    fact.row.map(value),
    fact.tick,
    [negated, holds, blocking, it.differs(fact)],
  ]);
  // What another fault cut is another story.
  const said = fault ? [label, note, fault] : [label ?? '', note ?? ''].map(text);
  return { key: JSON.stringify([source?.file, source?.line, source?.text, kind, parts, said]), names };
}

/** Facts whose explanations are alike one level down, as steps of one fact each. */
export function alikeFacts(it: Case, facts: readonly FactKey[]): AlikeSteps[] {
  const steps = facts.map((fact): WhyStep => {
    const { fact: view, holds, steps: reasons } = it.of.whyPossible(it, fact);
    const own = { fact: view, holds, negated: false, blocking: false };
    const notes = reasons.flatMap(({ note, fault }) => [note ?? '', fault ? formatFault(fault) : '']);
    const body = [own, ...reasons.flatMap((reason) => reason.body)];
    return { source: reasons[0]?.source, kind: 'derived', body, fault: undefined, note: notes.join('\n') };
  });
  return alikeSteps(it, undefined, steps);
}

/** `the same for b, c and d`: of each the names that are other ones. */
export const likeInWords = ({ names: own, others }: AlikeSteps): string =>
  `the same for ${listInWords(others.map(({ names }) => names.filter((name, i) => name !== own[i]).join(' and ')))}`;
