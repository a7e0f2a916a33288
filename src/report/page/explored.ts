/**
 * The runs that were made: those of the search, and those that show of each counterexample that it needs every one of
 * its faults.
 */
import type { CheckResult, CounterexampleResult } from '../schema.js';
import { faultInWords, plural } from '../words.js';
import type { Context } from './context.js';
import { h, table } from './dom.js';
import { longList } from './more.js';
import { faultsInWords, isShown, nameOf, runItem, runLink } from './runs.js';
import { without } from './whatif.js';

/** Most counterexamples, and most faults of one, that are listed before the reader asks for more. */
const MOST = { counterexamples: 12, faults: 12 } as const;

const OUTCOME = { holds: '✓ holds', vacuous: '! promises nothing', violated: '✗ violated' } as const;

export const renderExplored = (context: Context): HTMLElement[] => [...searched(context), ...needed(context)];

/** The runs of the search, in order. */
function searched(context: Context): HTMLElement[] {
  const { check } = context.engine;
  const explored = check.explored ?? [];
  if (explored.length === 0) return [h('p', 'The runs of the search are not listed in this result.')];
  const rows = explored.map(({ faults, outcome }, i) =>
    h(
      'tr',
      { 'aria-current': isShown(faults, context) },
      h('td', String(i + 1)),
      h('td', runLink(faultsInWords(faults, 'no faults'), faults, context)),
      h('td', { class: outcome }, OUTCOME[outcome]),
    ),
  );
  return [table(['Run', 'Hypothesis', 'Outcome'], rows), h('p.hint', runsInWords(check, explored.length))];
}

/** Which runs are listed, and what the others were for. */
function runsInWords({ executions, minimalityRuns }: CheckResult, listed: number): string {
  const search =
    executions > listed
      ? `The first ${listed} of ${plural(executions, 'run')} of the search`
      : `${plural(listed, 'run')} of the search`;
  return minimalityRuns > 0 ? `${search}; ${minimalityRuns} more to show that nothing smaller does it.` : `${search}.`;
}

/** Every counterexample without each of its faults. */
function needed(context: Context): HTMLElement[] {
  const found = context.engine.check.counterexamples.flatMap((one, i) =>
    one.minimality.length > 0 ? [{ one, number: i + 1 }] : [],
  );
  if (found.length === 0) return [];
  const draw = ({ one, number }: (typeof found)[0]): HTMLElement => withoutEach(one, number, context);
  const list = longList(found, MOST.counterexamples, draw, { class: 'classes', id: 'needed' });
  const words =
    'A counterexample without any one of its faults is none, so each of them is needed. What several share, or the search had run, was run once.';
  return [h('h3', 'Runs without one of the faults'), h('p.hint', words), list];
}

function withoutEach(found: CounterexampleResult, number: number, context: Context): HTMLElement {
  const list = longList(found.minimality, MOST.faults, ({ without: fault, outcome }) => {
    const words = `without: ${faultInWords(fault)}`;
    const said = h('span', { class: outcome }, OUTCOME[outcome]);
    return runItem(words, without(found.faults, fault), context, ' ', said);
  });
  return runItem(nameOf(found, number), found.faults, context, list);
}
