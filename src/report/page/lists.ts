/**
 * All counterexamples by behaviour class, all runs explored, and the figures of the search.
 */
import type { Scenario } from '../../faults/fault.js';
import { formatScenario } from '../../faults/scenario.js';
import { stopInWords } from '../explain.js';
import type { CheckResult, CounterexampleResult } from '../schema.js';
import { boundsInWords, faultInWords, plural, spaceInWords, VERDICT_WORDS } from '../words.js';
import type { Context } from './context.js';
import { button, h, table, toDiagram } from './dom.js';
import { renderWarnings } from './warnings.js';

/** Most classes, and most members of one, that are listed before the reader asks for more; and how many are added then. */
const MOST = { classes: 40, members: 12, added: 200 } as const;

type Member = { readonly found: CounterexampleResult; readonly number: number };

export function renderCounterexamples(context: Context): HTMLElement[] {
  const { check } = context.engine;
  if (check.counterexamples.length === 0)
    return [h('p', {}, `None was found.${check.complete ? ' Within the bounds there is none.' : ''}`)];
  const classes = new Map<number, Member[]>();
  for (const [i, found] of check.counterexamples.entries()) {
    const member = { found, number: i + 1 };
    const members = classes.get(found.class);
    if (members) members.push(member);
    else classes.set(found.class, [member]);
  }
  const complete = check.complete
    ? 'These are all the minimal counterexamples within the bounds. Choose one to see it above.'
    : `The search stopped ${stopInWords(check)}: there may be more.`;
  const list = h('ul', { class: 'classes' });
  fill(list, [...classes.values()], MOST.classes, (members) => behaviour(members, context));
  return [h('p', { class: 'lead' }, complete), list];
}

function behaviour(members: readonly Member[], context: Context): HTMLElement {
  const [only] = members;
  if (only && members.length === 1) return counterexample(only, context);
  const words = `${members.length} that behave alike: they differ in the tick of a crash, every message meets the same fate`;
  const list = h('ul', {});
  fill(list, members, MOST.members, (member) => counterexample(member, context));
  return h('li', {}, h('span', { class: 'hint' }, words), list);
}

/** Lists the first items, and the next ones whenever the reader asks for more. */
function fill<T>(list: HTMLElement, items: readonly T[], most: number, draw: (item: T) => HTMLElement, from = 0): void {
  const to = Math.min(items.length, from + most);
  list.append(...items.slice(from, to).map(draw));
  if (to === items.length) return;
  const more = h('li', {});
  const ask = (): void => {
    more.remove();
    fill(list, items, MOST.added, draw, to);
    list.children[to]?.querySelector('button')?.focus();
  };
  more.append(button(`Show more (${items.length - to} left)`, ask));
  list.append(more);
}

/** Draws a run, and goes to where it is drawn. */
function show({ act }: Context, faults: Scenario): void {
  act.inject(faults);
  toDiagram();
}

function counterexample({ found, number }: Member, context: Context): HTMLElement {
  const { view } = context;
  const here = formatScenario(found.faults) === formatScenario(view.scenario);
  const words = found.faults.length === 0 ? 'no fault at all' : found.faults.map(faultInWords).join('; ');
  const link = button(`${number}. ${words}`, () => show(context, found.faults), { class: 'link' });
  return h('li', { 'aria-current': here ? 'true' : undefined }, link);
}

export function renderExplored(context: Context): HTMLElement[] {
  const { engine, view } = context;
  const { check } = engine;
  const explored = check.explored ?? [];
  if (explored.length === 0) return [h('p', {}, 'The runs of the search are not listed in this result.')];
  const mark = { holds: '✓ holds', vacuous: '! promises nothing', violated: '✗ violated' };
  const rows = explored.map(({ faults, outcome }, i) =>
    h(
      'tr',
      { 'aria-current': formatScenario(faults) === formatScenario(view.scenario) ? 'true' : undefined },
      h('td', {}, String(i + 1)),
      h(
        'td',
        {},
        button(faults.length === 0 ? 'no faults' : faults.map(faultInWords).join('; '), () => show(context, faults), {
          class: 'link',
        }),
      ),
      h('td', { class: outcome }, mark[outcome]),
    ),
  );
  return [
    table(['Run', 'Hypothesis', 'Outcome'], rows),
    h('p', { class: 'hint' }, runsInWords(check, explored.length)),
  ];
}

/** Which runs are listed, and what the others were for: those of minimality take one fault out of what was found. */
function runsInWords({ executions, minimalityRuns }: CheckResult, listed: number): string {
  const search =
    executions > listed
      ? `The first ${listed} of ${plural(executions, 'run')} of the search`
      : `${plural(listed, 'run')} of the search`;
  return minimalityRuns > 0 ? `${search}; ${minimalityRuns} more showed that each fault is needed.` : `${search}.`;
}

export function renderFigures(context: Context): HTMLElement[] {
  const { engine, result } = context;
  const { check } = engine;
  const { lineage, solver } = check;
  const reading = check.otherReading;
  const isProtocol = check.spec.kind === 'protocol';
  const figures: [string, string | undefined][] = [
    [
      'Verdict',
      VERDICT_WORDS[check.verdict] +
        (check.expect ? ` (the ${isProtocol ? 'check' : 'spec'} expects: ${check.expect})` : ''),
    ],
    ['Bounds', `${boundsInWords(check.bounds)}; ${spaceInWords(check.bounds)}`],
    [
      'Runs',
      `${plural(check.executions, 'execution')}${check.minimalityRuns > 0 ? `, and ${plural(check.minimalityRuns, 'run')} to show that nothing smaller does it` : ''}`,
    ],
    [
      'Lineage',
      lineage &&
        `${lineage.mode}, ${plural(lineage.instances, isProtocol ? 'transition' : 'ground rule instance')}, ${plural(lineage.atoms, isProtocol ? 'node state' : 'atom')}`,
    ],
    [
      'Solver',
      `${plural(solver.variables, 'variable')}, ${plural(solver.clauses, 'clause')}, ${plural(solver.calls, 'call')}`,
    ],
    ['Strategy', result.strategy + (result.seed === undefined ? '' : `, seed ${result.seed}`)],
    [
      'Invariant',
      isProtocol
        ? undefined
        : result.invariant + (reading ? `; under ${reading.invariant} the verdict is: ${reading.verdict}` : ''),
    ],
    ['Note', check.notice],
    ['Tool', `ldfi ${result.tool.version}`],
  ];
  const list = figures.flatMap(([term, text]) => (text === undefined ? [] : [h('dt', {}, term), h('dd', {}, text)]));
  return [h('dl', { class: 'figures' }, list), ...renderWarnings(context)];
}
