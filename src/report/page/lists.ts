/**
 * All counterexamples, by pattern and behaviour class, and the figures of the search.
 */
import { getOrMake } from '../../core/memo.js';
import { byPattern, type Class, type Pattern, whatVaries } from '../classes.js';
import { stopInWords, vacuousInWords } from '../explain.js';
import type { CheckResult, CounterexampleResult } from '../schema.js';
import { boundsInWords, plural, spaceInWords, VERDICT_WORDS } from '../words.js';
import type { Context } from './context.js';
import { h } from './dom.js';
import { renderCoverage } from './gates.js';
import { longList } from './more.js';
import { isShown, nameOf, runItem } from './runs.js';
import { renderWarnings } from './warnings.js';

/** Most classes, and most members of one, that are listed before the reader asks for more. */
const MOST = { classes: 40, members: 12 } as const;

const PATTERNS = new WeakMap<CheckResult, Pattern[]>();

export function renderCounterexamples(context: Context): HTMLElement[] {
  const { check } = context.engine;
  if (check.counterexamples.length === 0)
    return [h('p', `None was found.${check.complete ? ' Within the bounds there is none.' : ''}`)];
  const complete = check.complete
    ? 'These are all the minimal counterexamples within the bounds. Choose one to see it above.'
    : `The search stopped ${stopInWords(check)}: there may be more.`;
  const patterns = getOrMake(PATTERNS, check, () => byPattern(check));
  const draw = (pattern: Pattern): HTMLElement => renderPattern(pattern, context);
  return [
    h('p.lead', [complete, ...vacuousInWords(check)].join(' ')),
    longList(patterns, MOST.classes, draw, { class: 'classes' }),
  ];
}

function renderPattern({ classes, differ }: Pattern, context: Context): HTMLElement {
  if (classes.length === 1) return behaviour(classes[0], context);
  const [first, ...others] = classes;
  const list = longList(others, MOST.members, (members) => behaviour(members, context));
  const isShownBelow = others.some((members) => members.some(({ faults }) => isShown(faults, context)));
  const words = `and ${others.flat().length} like it but for ${differ}`;
  const item = behaviour(first, context);
  item.append(h('details', { open: isShownBelow }, h('summary', words), list));
  return item;
}

function behaviour(members: Class, context: Context): HTMLElement {
  const [only] = members;
  if (members.length === 1) return counterexample(only, context);
  const words = `${members.length} that behave alike: they differ in ${whatVaries(only.faults)}, every message meets the same fate`;
  return h(
    'li',
    h('span.hint', words),
    longList(members, MOST.members, (member) => counterexample(member, context)),
  );
}

function counterexample(found: CounterexampleResult, context: Context): HTMLElement {
  const name = nameOf(found, context.engine.check.counterexamples.indexOf(found) + 1);
  return runItem(name, found.faults, context);
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
  const list = figures.flatMap(([term, text]) => (text === undefined ? [] : [h('dt', term), h('dd', text)]));
  return [h('dl.figures', list), ...renderCoverage(check), ...renderWarnings(context)];
}
