/**
 * What a fault led to, as sentences: what was lost, which messages followed no more, what was sent again, and what clients
 * read in the end.
 */
import { listInWords, plural } from '../../../report/words.js';
import { effectOf } from '../faults.js';
import { readsOf } from './reads.js';
import type { NodesCounterexample, RunResult } from './schema.js';
import { type Told, toldOf } from './told.js';

/** Most messages, and most reads, that are told one by one. */
const MOST = 4;

export function storyOf(good: RunResult | undefined, { run, faults }: NodesCounterexample): string[] {
  const struck = faults.map(({ words }) => `${words.replace(/ {2,}/g, ' ')}.`);
  const [only] = faults;
  const isOneLoss = faults.length === 1 && only && effectOf(only.kind).loses && !only.call.endsWith(' *');
  const [before, now] = [good ? toldOf(good) : [], toldOf(run)];
  const names = new Set(now.map(({ name }) => name));
  const usual = new Set(before.map(({ name }) => name));
  const isInside = ({ isLast, to }: Told): boolean => !isLast && !/^c\d+$/.test(to);
  const gone = before.filter((told) => isInside(told) && !names.has(told.name));
  const fresh = good ? now.filter((told) => isInside(told) && !usual.has(told.name)) : [];
  const again = now.filter(({ name, number, fault }) => fault === undefined && number > 1 && isStruck(name, now));
  const wrong = readsOf(good, run).filter(({ differs }) => differs);
  return [
    ...struck,
    ...(isOneLoss ? [again.length > 0 ? `It was sent again at ${ticksOf(again)}.` : 'It was not sent again.'] : []),
    ...(gone.length > 0 ? [`Not sent any more: ${told(gone)}.`] : []),
    ...(fresh.length > 0 ? [`Sent only now: ${told(fresh)}.`] : []),
    ...wrong.slice(0, MOST).map(({ node, asks, isLast, good: usually, bad }) => {
      const when = isLast ? ' at the end' : '';
      return `${node}, asked for ${asks}${when}, gives ${bad ?? 'nothing'}; without faults ${usually ?? 'it is not asked'}.`;
    }),
    ...(wrong.length > MOST ? [`${plural(wrong.length - MOST, 'more answer')} differ; see below.`] : []),
  ];
}

const isStruck = (name: string, now: readonly Told[]): boolean =>
  now.some((told) => told.name === name && told.fault !== undefined);

const ticksOf = (messages: readonly Told[]): string => {
  const ticks = [...new Set(messages.map(({ sent }) => sent))];
  const more = ticks.length - MOST;
  return `tick ${listInWords(ticks.slice(0, MOST))}${more > 0 ? ` and ${more} more times` : ''}`;
};

function told(messages: readonly Told[]): string {
  const words = messages.map(({ from, to, type, says }) => `${from} → ${to} ${type} ${says}`.trimEnd());
  const shown = [...new Set(words)];
  const more = shown.length - MOST;
  return listInWords([...shown.slice(0, MOST), ...(more > 0 ? [`${more} more`] : [])]);
}
