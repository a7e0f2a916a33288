/**
 * Makes a draft smaller as long as it keeps a property (`still`): bounds come down, operations and parts of the promise
 * go, one at a time.
 */
import type { Draft, Op, Promised } from './draft.js';

/** The smallest draft found within `budget` tries. */
export async function shrinkDraft(
  draft: Draft,
  still: (draft: Draft) => Promise<boolean>,
  budget = 400,
): Promise<Draft> {
  let best = draft;
  let left = budget;
  for (let again = true; again; ) {
    again = false;
    for (const smaller of smallerDrafts(best)) {
      if (left-- <= 0) return best;
      if (!(await still(smaller))) continue;
      best = smaller;
      again = true;
      break;
    }
  }
  return best;
}

function* smallerDrafts(draft: Draft): Generator<Draft> {
  const { bounds, provided, ...rest } = draft;
  if (provided) yield { bounds, ...rest };
  for (const bound of ['crashes', 'eff', 'eot'] as const)
    if (bounds[bound] > (bound === 'eot' ? 1 : 0))
      yield { ...draft, bounds: { ...bounds, [bound]: bounds[bound] - 1 } };
  const { nodes } = bounds;
  // What is said of a node by name would be said of nobody.
  const named = JSON.stringify([draft.promise, provided, draft.init, draft.onMessage, draft.onTimer]);
  if (nodes.length > 1 && !named.includes(`"${nodes.at(-1)}"`))
    yield { ...draft, bounds: { ...bounds, nodes: nodes.slice(0, -1) } };
  for (const promise of smallerPromises(draft.promise)) yield { ...draft, promise };
  for (const init of smallerLists(draft.init)) yield { ...draft, init };
  for (const part of ['onMessage', 'onTimer'] as const)
    for (const [name, ops] of Object.entries(draft[part]))
      for (const smaller of smallerLists(ops)) yield { ...draft, [part]: { ...draft[part], [name]: smaller } };
  for (const [node, { count, flag, word }] of Object.entries(draft.start))
    if (count !== 0 || flag || word !== '')
      yield { ...draft, start: { ...draft.start, [node]: { count: 0, flag: false, word: '' } } };
}

function* smallerPromises(promised: Promised): Generator<Promised> {
  if (promised[0] === 'not') {
    yield promised[1];
    for (const inner of smallerPromises(promised[1])) yield ['not', inner];
  }
  if (promised[0] !== 'and' && promised[0] !== 'or') return;
  yield promised[1];
  yield promised[2];
  for (const left of smallerPromises(promised[1])) yield [promised[0], left, promised[2]];
  for (const right of smallerPromises(promised[2])) yield [promised[0], promised[1], right];
}

/** Without one operation, with the branch of one instead of it, or with a smaller branch. */
function* smallerLists(ops: readonly Op[]): Generator<readonly Op[]> {
  for (const [i, op] of ops.entries()) {
    const by = (...others: readonly Op[]): Op[] => [...ops.slice(0, i), ...others, ...ops.slice(i + 1)];
    yield by();
    if (op[0] === 'if') {
      yield by(...op[2]);
      yield by(...op[3]);
      for (const branch of smallerLists(op[2])) yield by(['if', op[1], branch, op[3]]);
      for (const branch of smallerLists(op[3])) yield by(['if', op[1], op[2], branch]);
    }
    if (op[0] === 'each') for (const branch of smallerLists(op[2])) yield by(['each', op[1], branch]);
  }
}
