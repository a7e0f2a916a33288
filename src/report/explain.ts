/**
 * What a verdict means: why to believe a green, and what to do about the verdicts that are neither green nor red.
 */
import { formatFact, type Row } from '../core/value.js';
import { boundValues } from '../faults/bounds.js';
import type { CheckResult, Exact } from './schema.js';
import { countInWords, plural, spaceInWords, witnessInWords } from './words.js';

/** Most rows of the promise that are listed. */
export const MOST_ROWS = 5;

/** In how many scenarios nothing is promised, if it is known of some: `In 12 of 64 scenarios nothing is promised.` */
export function vacuousInWords({ vacuous = '0', bounds }: CheckResult): string[] {
  if (vacuous === '0') return [];
  return [`In ${countInWords(BigInt(vacuous))} of ${spaceInWords(bounds)} nothing is promised.`];
}

/** Why to believe a green. */
function proof({ executions, bounds, lineage }: CheckResult, promised: readonly Row[]): string[] {
  const kept = promised.slice(0, MOST_ROWS).map((row) => formatFact('post', row));
  const more = promised.length > kept.length ? `, … (${promised.length} in all)` : '';
  const promise =
    kept.length > 0 ? [`Promised at tick ${bounds.eot}, and kept without faults: ${kept.join(', ')}${more}.`] : [];
  const space = spaceInWords(bounds);
  if (space === '1 scenario')
    return [...promise, 'These bounds admit no fault at all: the run without faults is all that was checked.'];
  const none = `No set of faults within these bounds breaks the promise (${space} in all)`;
  if (!lineage || lineage.mode === 'none')
    return [...promise, `${none}: every one was run, ${plural(executions, 'execution')}.`];
  if (lineage.mode === 'run')
    return [
      ...promise,
      `${none};`,
      `${plural(executions, 'execution')} held, and the solver finds no fault set that cuts every reason why.`,
    ];
  if (lineage.mode === 'learned')
    return [
      ...promise,
      `${none};`,
      `what ${plural(executions, 'execution')} taught of every handler is one formula, and the solver finds no fault set that makes it false`,
      'or leads to a step of a handler that is not known.',
    ];
  return [
    ...promise,
    `${none};`,
    'the lineage of all rules, nodes and ticks is one formula, and the solver finds no fault set that makes it false.',
  ];
}

function nothingPromised(check: CheckResult): string[] {
  const { promises = 'unknown', spec } = check;
  const isProtocol = spec.kind === 'protocol';
  const others = {
    none: 'Neither is anything in any other scenario within the bounds, so nothing was checked.',
    some: 'Some scenarios with faults promise something, and none within the bounds breaks its promise.',
    unknown: 'No scenario within the bounds breaks a promise; it is not known whether any of them promises something.',
  };
  return [
    isProtocol
      ? 'Without any fault the check answers "vacuous": nothing is promised.'
      : 'Without any fault nothing is promised: no `pre` row is to be kept at the end of the run.',
    others[promises],
    ...(promises === 'some' ? vacuousInWords(check) : []),
    isProtocol
      ? 'Look at what the check waits for, and whether eot leaves the protocol time to get there.'
      : 'Check the facts, the nodes and whether eot leaves the protocol time to finish.',
  ];
}

/** What the verdicts other than a violation mean and what to do about them. */
export function explain(result: CheckResult, promised: readonly Row[] = []): string[] {
  const { verdict, executions, bounds } = result;
  const { kind } = result.spec;
  if (verdict === 'holds') return [...proof(result, promised), ...vacuousInWords(result)];
  if (verdict === 'vacuous') return nothingPromised(result);
  if (verdict === 'no-post')
    return ['There is no relation `post`, so there is nothing to check. Define `pre(…)` and `post(…)`, or `never(…)`.'];
  if (verdict === 'violated-failure-free')
    return [
      'The promise is already broken without any fault, so a search for faults would mean nothing:',
      ...(result.counterexamples[0]?.witnesses ?? [])
        .slice(0, MOST_ROWS)
        .map((row) => `  ${witnessInWords(row, bounds.eot, kind)}`),
      kind === 'protocol'
        ? 'Either the protocol is wrong, or eot is too small for it to finish, or the check asks too much.'
        : 'Either the protocol is wrong, or eot is too small for it to finish, or a node is missing, or `post` asks too much.',
    ];
  if (result.stopped === 'error')
    return [`Given up after ${plural(executions, 'execution')}: ${(result.detail ?? 'unknown').replace(/[.?]$/, '')}.`];
  if (executions === 0 && result.stopped === 'aborted') return ['Not run: the interrupt or the timeout came first.'];
  return [
    `Stopped ${stopInWords(result)} after ${plural(executions, 'execution')}. No counterexample so far${result.reached?.exact ? '' : '; nothing is proved'}.`,
    ...reachedInWords(result),
    adviceFor(result),
  ];
}

/** How far a search got that was stopped. */
function reachedInWords({ reached, bounds, lineage }: CheckResult): string[] {
  if (!reached) return [];
  const { tick, faults, exact } = reached;
  const prepared = lineage !== undefined && lineage.mode !== 'none';
  const tried =
    faults > 0 ? `It had tried scenarios of up to ${plural(faults, 'fault')}.` : 'It had tried no fault yet.';
  return [
    !prepared && tick > 0 ? `It had prepared ticks up to ${tick} of ${bounds.eot}.` : tried,
    ...(exact ? [`It is exact so far as this: ${exactInWords(exact)}.`] : []),
  ];
}

/** How far a search is exact: `no counterexample with EFF ≤ 7; 1 fault: none; 2 faults: unfinished`. */
export function exactInWords({ eff, cost, faults }: Exact, others = false): string {
  const none = others ? 'no other' : 'none';
  const upTo = (most: number, words: (n: number) => string): string =>
    `${most > 1 ? 'up to ' : ''}${words(most)}: ${none}; ${words(most + 1)}: unfinished`;
  return [
    ...(eff === undefined ? [] : [`no ${others ? 'other ' : ''}counterexample with EFF ≤ ${eff}`]),
    ...(faults === undefined ? [] : [upTo(faults, (n) => plural(n, 'fault'))]),
    ...(cost === undefined ? [] : [upTo(cost, (n) => `cost ${n}`)]),
  ].join('; ');
}

/** What to do about it. */
function adviceFor({ stopped, bounds }: CheckResult): string {
  const smaller = `smaller bounds (${boundValues(bounds)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')}, ${plural(bounds.nodes.length, 'node')})`;
  if (stopped === 'executions') return `Allow it more executions (--max-executions), or ${smaller}.`;
  if (stopped === 'max-faults') return `Allow it more faults (--max-faults), or ${smaller}.`;
  if (stopped === 'limit') return `Try ${smaller}.`;
  return `Allow it more time (--timeout), or ${smaller}.`;
}

/** Why a search stopped, to follow 'stopped'. */
export function stopInWords({ stopped, detail }: CheckResult): string {
  if (stopped === 'executions') return 'at the limit of executions';
  if (stopped === 'max-faults') return 'at the limit of faults per scenario';
  if (stopped === 'limit') return `at a limit (${detail ?? 'unknown'})`;
  if (stopped === 'error') return `by an error (${detail ?? 'unknown'})`;
  if (stopped === 'first') return 'at the first counterexample, as asked';
  return 'by an interrupt or a timeout';
}
