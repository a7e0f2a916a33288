/**
 * What a fault led to, as sentences: what happened to the call, what was tried again, what was done twice, what was not
 * done any more, and what came of it.
 *
 * ```
 * payments POST /charges: done, but the answer was lost.
 * payments POST /charges was called again, and answered 200.
 * payments POST /charges was done twice; once without faults.
 * POST /orders was answered with 201, as without faults.
 * ```
 */
import { groupBy } from '../../core/memo.js';
import type { CallView, LiveResult, RunView } from './result.js';
import { pathOf } from './timeline.js';
import { callIn } from './tree.js';
import { faultInWords } from './words.js';

/** Most sentences of one sort: what follows is in the picture. */
const MOST = 4;

export function storyOf(good: RunView | null, bad: RunView, { entry }: Pick<LiveResult, 'entry'>): string[] {
  const hit = bad.calls.filter(({ fault }) => fault !== null);
  const struck = hit.map((call) => `${faultInWords({ call: call.id, kind: call.fault ?? '' }, bad)}.`);
  const fresh = good ? bad.calls.filter(({ id, fault }) => fault === null && !callIn(good, id)) : [];
  const again = fresh.map((call) =>
    hit.some((other) => routeOf(other) === routeOf(call))
      ? `${routeOf(call)} was called again, and ${answerOf(call)}.`
      : `${routeOf(call)} was called, which it is not without faults, and ${answerOf(call)}.`,
  );
  const changed = good ? bad.calls.flatMap((call) => change(call, callIn(good, call.id))) : [];
  const gone = good ? good.calls.filter(({ id }) => !callIn(bad, id)).map((call) => routeOf(call)) : [];
  const missing = [...new Set(gone)].map((route) => `${route} was not called any more.`);
  return [
    ...struck,
    ...capped(again),
    ...capped(changed),
    ...capped(missing),
    ...(good ? capped(repeated(good, bad)) : []),
    answer(good, bad, `${entry.method} ${pathOf(entry.url)}`),
  ];
}

const routeOf = ({ service, method, path }: CallView): string => `${service} ${method} ${path}`;

const answerOf = ({ status }: CallView): string => (status > 0 ? `answered ${status}` : 'got no answer');

const change = (now: CallView, before: CallView | undefined): string[] =>
  before && now.fault === null && before.status !== now.status
    ? [`${routeOf(now)} ${now.status > 0 ? `answered ${now.status}` : 'did not answer'} instead of ${before.status}.`]
    : [];

/** What changes something each time, and was done more often than without faults. */
function repeated(good: RunView, bad: RunView): string[] {
  const done = ({ calls }: RunView): Map<string, readonly CallView[]> =>
    groupBy(
      calls.filter(
        ({ method, status }) => !['GET', 'HEAD', 'OPTIONS'].includes(method) && status >= 200 && status < 300,
      ),
      routeOf,
    );
  const before = done(good);
  return [...done(bad)].flatMap(([route, calls]) => {
    const usual = before.get(route)?.length ?? 0;
    return calls.length > Math.max(1, usual)
      ? [`${route} was done ${times(calls.length)}; without faults ${usual === 0 ? 'it is not done' : times(usual)}.`]
      : [];
  });
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

function answer(good: RunView | null, bad: RunView, request: string): string {
  const now = bad.answer.status > 0 ? `answered with ${bad.answer.status}` : 'not answered';
  const error = bad.answer.error === null || bad.answer.status > 0 ? '' : ` (${bad.answer.error})`;
  const usual = good?.answer.status ?? 0;
  const beside =
    usual === 0 ? '' : usual === bad.answer.status ? ', as without faults' : `; without faults with ${usual}`;
  return `${request} was ${now}${error}${beside}.`;
}

const capped = (lines: readonly string[]): string[] =>
  lines.length <= MOST ? [...lines] : [...lines.slice(0, MOST), `… and ${lines.length - MOST} more of this sort.`];
