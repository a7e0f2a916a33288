/**
 * Random protocols whose nodes are clients as well: operations are put into the handlers of a draft, and its promise is
 * about the history. The dice are others than those of the draft, which stays what it was where nothing is recorded.
 */

import { naively } from './definition.js';
import { Dice } from './dice.js';
import type { Comparison, Draft, Expr, Judgement, Op, Promised } from './draft.js';
import { sumOf } from './judge.js';
import type { NaiveRun } from './naive.js';
import { randomScenarios } from './random-scenarios.js';

const JUDGEMENTS: readonly Judgement[] = [
  'linearizable',
  'linearizable',
  'sequential',
  'monotonicReads',
  'readYourWrites',
];

/** The draft with operations; undefined if no promise about them holds without faults. */
export function withHistory(draft: Draft, seed: number): Draft | undefined {
  const dice = new Dice(seed + 77_000_000);
  const asking = asked(draft, dice);
  const calm = naively(asking)([]);
  if (calm.thrown.length > 0) return undefined;
  const scenarios = randomScenarios(draft.bounds, dice, 8);
  let holding: Draft | undefined;
  for (let tries = 0; tries < 12; tries++) {
    const found = { ...asking, promise: promised(dice, draft.promise, calm) };
    const run = naively(found);
    if (run([]).outcome !== 'holds') continue;
    if (scenarios.some((scenario) => run(scenario).outcome === 'violated')) return found;
    holding = found;
  }
  return holding;
}

/** Operations are invoked in some handlers, and completed in some. */
function asked(draft: Draft, dice: Dice): Draft {
  const { onRestart, durable } = draft;
  const some = (handlers: Draft['onMessage'], chance: number): Draft['onMessage'] =>
    Object.fromEntries(
      Object.entries(handlers).map(([name, ops]) => [name, dice.chance(chance) ? more(ops, dice) : ops]),
    );
  return {
    ...draft,
    asks: true,
    init: dice.chance(80) ? more(draft.init, dice) : draft.init,
    onMessage: some(draft.onMessage, 75),
    onTimer: some(draft.onTimer, 75),
    ...(onRestart && { onRestart: more(onRestart, dice) }),
    ...(durable && { durable: dice.chance(50) ? [...durable, 'open'] : durable }),
  };
}

function more(ops: readonly Op[], dice: Dice): Op[] {
  const all = [...ops];
  for (let count = dice.pick([1, 1, 2, 2, 3]); count > 0; count--)
    all.splice(dice.between(0, all.length), 0, operation(dice));
  return all;
}

function operation(dice: Dice): Op {
  const value: Expr = dice.pick([['count'], ['value'], ['const', 1], ['const', 2], ['best'], ['id']] as const);
  if (dice.chance(50)) return ['invoke', dice.pick(['read', 'write', 'write'] as const), value];
  const complete: Op = ['complete', dice.pick(['oldest', 'oldest', 'newest'] as const), value];
  return dice.chance(25) ? ['if', ['flag'], [complete], []] : complete;
}

function promised(dice: Dice, usual: Promised, { history }: NaiveRun): Promised {
  const one = (): Promised => {
    if (dice.chance(50)) return ['judged', dice.pick(JUDGEMENTS)];
    if (dice.chance(30)) return ['sum', sumOf(history)];
    const what = dice.pick(['all', 'pending', 'slow'] as const);
    const comparison: Comparison = dice.pick(['<=', '>=', '==', '!='] as const);
    return ['operations', what, comparison, dice.between(0, Math.max(1, history.length))];
  };
  if (dice.chance(50)) return one();
  return [dice.pick(['and', 'or', 'or'] as const), one(), dice.chance(50) ? usual : one()];
}
