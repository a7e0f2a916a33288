/**
 * Two experiments as one tree of calls in time: each call with its bar without faults and its bar with them, on one scale,
 * and the fault where it was. A call that was no longer made has an empty bar where it would have been.
 */
import type { CallView, LiveResult, RunView } from './result.js';
import { fateOf, shortName, treeOf } from './tree.js';

/**
 * - `usual`: answered; `failed`: answered with an error, or not at all;
 * - `done`: a fault hit it, and the callee had done the work; `undone`: a fault hit it, and the callee was not asked;
 * - `absent`: not made, where the other experiment has it.
 */
type Look = 'usual' | 'failed' | 'done' | 'undone' | 'absent';

export interface Bar {
  /** Milliseconds from the beginning of the experiment. */
  readonly from: number;
  readonly to: number;
  readonly look: Look;
  readonly words: string;
}

export interface TimelineRow {
  /** Undefined of the request itself. */
  readonly id: string | undefined;
  readonly name: string;
  readonly depth: number;
  readonly good: Bar | undefined;
  readonly bad: Bar | undefined;
}

export interface Timeline {
  /** Milliseconds that the scale goes to. */
  readonly end: number;
  readonly rows: readonly TimelineRow[];
  /** The answers' bodies, where there is anything to see. */
  readonly bodies: readonly { readonly title: string; readonly text: string }[];
}

/** Characters of a body that are shown. */
const BODY = 400;

/** @param good undefined if there is only one experiment to show */
export function timelineOf(good: RunView | null, bad: RunView, { entry }: Pick<LiveResult, 'entry'>): Timeline {
  const runs = [...(good ? [good] : []), bad];
  const end = Math.max(
    1,
    ...runs.flatMap(({ answer, calls }) => [answer.ms, ...calls.map(({ to, from }) => to ?? from)]),
  );
  const rows = treeOf(good, bad).map(
    ({ id, depth, good: before, bad: now }): TimelineRow => ({
      id,
      name: shortName(id, now ?? before),
      depth: depth + 1,
      good: good ? (before ? barOf(before, good, end) : absent(now)) : undefined,
      bad: now ? barOf(now, bad, end) : absent(before),
    }),
  );
  const request: TimelineRow = {
    id: undefined,
    name: `${entry.method} ${pathOf(entry.url)}`,
    depth: 0,
    good: good ? answerBar(good) : undefined,
    bad: answerBar(bad),
  };
  const bodies = [
    ...(good ? [{ title: 'Answer without faults', text: bodyOf(good) }] : []),
    { title: good ? 'Answer with them' : 'Answer', text: bodyOf(bad) },
  ];
  return { end, rows: [request, ...rows], bodies: bodies.some(({ text }) => text !== '') ? bodies : [] };
}

/** The path of a URL, or all of it where there is none. */
export const pathOf = (url: string): string => /^[a-z]+:\/\/[^/]+(\/.*)$/i.exec(url)?.[1] ?? url;

const isGood = (status: number): boolean => status > 0 && status < 400;

function barOf(call: CallView, run: RunView, end: number): Bar {
  const { from, to, fault, status } = call;
  const last = to ?? Math.max(run.answer.ms, from, end);
  const hit = status > 0 ? 'done' : 'undone';
  const look: Look = fault === null ? (isGood(status) ? 'usual' : 'failed') : hit;
  return { from, to: last, look, words: `${fateOf(call)}, ${milliseconds(last - from)}` };
}

const absent = (other: CallView | undefined): Bar => ({
  from: other?.from ?? 0,
  to: other?.to ?? other?.from ?? 0,
  look: 'absent',
  words: 'not made',
});

const answerBar = ({ answer }: RunView): Bar => ({
  from: 0,
  to: answer.ms,
  look: isGood(answer.status) ? 'usual' : 'failed',
  words: `${answer.status > 0 ? answer.status : (answer.error ?? 'no answer')}, ${milliseconds(answer.ms)}`,
});

const milliseconds = (ms: number): string => `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;

const bodyOf = ({ answer: { body, status, error } }: RunView): string => {
  const text = body.length > BODY ? `${body.slice(0, BODY)}…` : body;
  return `${status > 0 ? status : (error ?? 'no answer')}${text === '' ? '' : ` ${text}`}`;
};
