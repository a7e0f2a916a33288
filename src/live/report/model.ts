/**
 * The result of `ldfi live run` as its page shows it.
 */

import { groupBy } from '../../core/memo.js';
import { commandLine } from '../../core/shell.js';
import { EXIT } from '../../report/meaning.js';
import { KIND_WORDS, KINDS } from '../http/faults.js';
import type { Found, PageModel, Picture } from '../page/model.js';
import type { CallView, LiveCounterexampleResult, LiveResult, RunView } from './result.js';
import { storyOf } from './story.js';
import { timelineOf } from './timeline.js';
import { callIn, shortName } from './tree.js';
import {
  alikeIn,
  basisOf,
  faultInWords,
  faultsInWords,
  HEADINGS,
  liveExit,
  plural,
  reproducedInWords,
} from './words.js';

export function modelOfLive(result: LiveResult): PageModel {
  const { verdict, config, baseline, counterexamples, reasons, alike, promise, recorded, exact, monotone } = result;
  const words = commandLine(['npx', 'ldfi', 'live', 'run', '-c', config, '--kinds', result.kinds.join(',')]);
  const exit = liveExit(result);
  const ids = recorded?.calls.map(({ id }) => id) ?? [];
  return {
    about: `live · ${config}`,
    mark: exit === EXIT.ok ? 'good' : exit === EXIT.counterexample ? 'bad' : 'warn',
    verdict: HEADINGS[verdict],
    meaning: meaningOf(result),
    exit,
    terms: [
      ['Request', `${result.entry.method} ${result.entry.url}`],
      ...Object.entries({ Expected: promise.expect, Never: promise.never, Promise: promise.file }).flatMap(
        ([name, text]): [string, string][] => (text === null ? [] : [[name, text]]),
      ),
      ['Faults', result.kinds.map((kind) => `${kind} (${wordsOf(kind)})`).join('; ')],
      ['Experiments', String(result.experiments)],
    ],
    found: alikeIn(counterexamples).map((group) => foundOf(result, group, words)),
    usual: counterexamples.length === 0 && baseline ? pictureOf(null, baseline, result) : undefined,
    doubts: [...(verdict === 'broken' ? (baseline?.why ?? []) : []), ...reasons],
    rests: [
      ...basisOf(result),
      ...(promise.expect === null && recorded
        ? [
            'What must never happen is kept for nothing by a call that fails early. So it counts only which sets were tried, and not which ways of succeeding there are.',
          ]
        : []),
      ...alike.map((name) => `${name}: calls that cannot be told apart, so one fault hits them all.`),
    ],
    silent: silentOf(result),
    recorded,
    sizes: Math.max(
      ...[1, verdict === 'stopped' ? exact + 1 : exact, monotone ?? 0],
      ...counterexamples.map(({ faults }) => faults.length),
    ),
    ways: promise.expect === null ? 'nothing' : promise.never !== null || promise.file !== null ? 'hint' : 'all',
    names: namesOf(ids, result),
    kinds: Object.fromEntries(result.kinds.map((kind) => [kind, wordsOf(kind)])),
    unit: 'call',
    trying: { before: `${words} --exact --max-faults `, after: '', middle: 'number' },
    command: words,
  };
}

const wordsOf = (kind: string): string => KIND_WORDS[kind as keyof typeof KIND_WORDS] ?? kind;

/** Calls as people know them, with their paths as they were where a run shows them; callers where those are alike. */
function namesOf(ids: readonly string[], { baseline, counterexamples }: LiveResult): Record<string, string> {
  const runs = [baseline, ...counterexamples.map(({ run }) => run)];
  const seen = (id: string): CallView | undefined => runs.map((run) => callIn(run, id)).find(Boolean);
  const nameOf = (id: string): string => shortName(id, seen(id) ?? seen(id.replace(/ #\d+$/, ' #1')));
  const short = new Map(ids.map((id) => [id, nameOf(id)]));
  const counts = groupBy(short.values(), (name) => name);
  return Object.fromEntries(
    [...short].map(([id, name]) => {
      const parent = id.split(' > ').slice(0, -1).join(' > ');
      return [id, (counts.get(name)?.length ?? 0) > 1 && parent !== '' ? `${name} during ${nameOf(parent)}` : name];
    }),
  );
}

const pictureOf = (good: RunView | null, bad: RunView, result: LiveResult): Picture => ({
  kind: 'timeline',
  timeline: timelineOf(good, bad, result),
});

function foundOf(result: LiveResult, group: readonly LiveCounterexampleResult[], command: string): Found {
  const [one, ...others] = group as [LiveCounterexampleResult, ...LiveCounterexampleResult[]];
  return {
    faults: one.faults,
    words: one.faults.map((fault) => faultInWords(fault, one.run)),
    why: one.run.why,
    reproduced: reproducedInWords(one),
    story: storyOf(result.baseline, one.run, result),
    also: others.map((other) => `${faultsInWords(other)} (${reproducedInWords(other)})`),
    picture: pictureOf(result.baseline, one.run, result),
    command,
  };
}

function meaningOf({ verdict, exact, monotone, counterexamples }: LiveResult): string {
  switch (verdict) {
    case 'counterexamples':
      return `${plural(counterexamples.length, 'smallest set')} of faults that break${counterexamples.length === 1 ? 's' : ''} the promise.`;
    case 'exact':
      return `No set of up to ${plural(exact, 'fault')} breaks the promise: each was tried, or an experiment shows what it would do.`;
    case 'monotone':
      return `No set of up to ${plural(monotone ?? 0, 'fault')} cuts every way of succeeding that was seen. Not all sets were tried.`;
    case 'unreliable':
      return 'Something happened that makes a good answer worthless. What it was is below.';
    case 'stopped':
      return 'It ended before all was tried. No counterexample so far.';
    case 'broken':
      return 'The promise is broken without any fault, so faults would tell nothing.';
    default:
      return 'No call passed through a proxy, so nothing was tested.';
  }
}

/** What a reader might take the verdict to say, and it does not. */
function silentOf({ kinds, exact, monotone, verdict, entry }: LiveResult): string[] {
  const untried = KINDS.filter((kind) => !kinds.includes(kind));
  const most = Math.max(exact, monotone ?? 0);
  const isGreen = verdict === 'exact' || verdict === 'monotone';
  return [
    ...(untried.length > 0
      ? [
          `Kinds of faults that were not tried: ${untried.join(', ')}. What a call survives of one kind says nothing about another.`,
        ]
      : []),
    ...(isGreen ? [`More than ${plural(most, 'fault')} at once.`] : []),
    `Any other request than ${entry.method} ${entry.url}.`,
    'Calls that pass no proxy, and services that are marked as required: they never failed.',
    'Timing that did not occur in these experiments: services are real, and may be slower another day.',
  ];
}
