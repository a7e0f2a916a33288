/**
 * All counterexamples by behaviour class, all runs explored, and the figures of the search.
 */
import { locate } from '../../dedalus/locate.js';
import { formatScenario } from '../../faults/scenario.js';
import { stopInWords } from '../explain.js';
import type { CounterexampleResult } from '../schema.js';
import { boundsInWords, faultInWords, plural, spaceInWords, VERDICT_WORDS } from '../words.js';
import type { Context } from './context.js';
import { button, h, table } from './dom.js';

const MOST = 200;

export function renderCounterexamples(context: Context): HTMLElement[] {
  const { check } = context.engine;
  if (check.counterexamples.length === 0) return [h('p', {}, 'There is none.')];
  const classes = new Map<number, { found: CounterexampleResult; number: number }[]>();
  for (const [i, found] of check.counterexamples.entries())
    classes.set(found.class, [...(classes.get(found.class) ?? []), { found, number: i + 1 }]);
  const complete = check.complete
    ? 'These are all the minimal counterexamples within the bounds.'
    : `The search stopped ${stopInWords(check)}: there may be more.`;
  const groups = [...classes.values()].slice(0, MOST).map((members) => {
    const items = members.slice(0, MOST).map((member) => counterexample(member, context));
    const words = members.length > 1 ? `${members.length} that behave alike` : 'a behaviour of its own';
    return h('li', {}, h('span', { class: 'hint' }, words), h('ul', {}, items));
  });
  return [h('p', { class: 'lead' }, complete), h('ol', { class: 'classes' }, groups)];
}

function counterexample(
  { found, number }: { found: CounterexampleResult; number: number },
  { act, view }: Context,
): HTMLElement {
  const here = formatScenario(found.faults) === formatScenario(view.scenario);
  const words = found.faults.length === 0 ? 'no fault at all' : found.faults.map(faultInWords).join('; ');
  const show = button(`${number}. ${words}`, () => act.inject(found.faults), { class: 'link' });
  return h('li', { 'aria-current': here ? 'true' : undefined }, show);
}

export function renderExplored({ engine: { check }, act, view }: Context): HTMLElement[] {
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
        button(faults.length === 0 ? 'no faults' : formatScenario(faults), () => act.inject(faults), {
          class: 'link mono',
        }),
      ),
      h('td', { class: outcome }, mark[outcome]),
    ),
  );
  const all = check.executions + check.minimalityRuns;
  const more =
    all > explored.length ? [h('p', { class: 'hint' }, `The first ${explored.length} of ${plural(all, 'run')}.`)] : [];
  return [table(['Run', 'Hypothesis', 'Outcome'], rows), ...more];
}

export function renderFigures({ engine, result }: Context): HTMLElement[] {
  const { check, diagnostics, system } = engine;
  const { lineage, solver } = check;
  const reading = check.otherReading;
  const figures: [string, string | undefined][] = [
    ['Verdict', VERDICT_WORDS[check.verdict] + (check.expect ? ` (the spec expects: ${check.expect})` : '')],
    ['Bounds', `${boundsInWords(check.bounds)}; ${spaceInWords(check.bounds)}`],
    [
      'Runs',
      `${plural(check.executions, 'execution')}, ${plural(check.minimalityRuns, 'run')} to show that nothing smaller does it`,
    ],
    [
      'Lineage',
      lineage &&
        `${lineage.mode}, ${plural(lineage.instances, 'ground rule instance')}, ${plural(lineage.atoms, 'atom')}`,
    ],
    [
      'Solver',
      `${plural(solver.variables, 'variable')}, ${plural(solver.clauses, 'clause')}, ${plural(solver.calls, 'call')}`,
    ],
    ['Strategy', result.strategy + (result.seed === undefined ? '' : `, seed ${result.seed}`)],
    [
      'Invariant',
      result.invariant + (reading ? `; under ${reading.invariant} the verdict is: ${reading.verdict}` : ''),
    ],
    ['Tool', `ldfi ${result.tool.version}`],
  ];
  const list = figures.flatMap(([term, text]) => (text === undefined ? [] : [h('dt', {}, term), h('dd', {}, text)]));
  const warnings = diagnostics.map(({ severity, message, span, hint }) => {
    const { path, line } = locate(system.program.files, span);
    return h('li', {}, `${severity}: ${path}:${line}: ${message}${hint === undefined ? '' : ` (${hint})`}`);
  });
  const notes = warnings.length > 0 ? [h('h3', {}, 'Warnings'), h('ul', {}, warnings)] : [];
  return [h('dl', { class: 'figures' }, list), ...notes];
}
