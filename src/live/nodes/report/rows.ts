/**
 * Two runs, one beside the other: the same message is one row, with the ticks at which it was sent in each.
 */
import { groupBy } from '../../../core/memo.js';
import { effectOf } from '../faults.js';
import type { MessageResult, RunResult } from './schema.js';
import { type Told, toldOf } from './told.js';

export interface Row {
  /** Ticks at which it was sent; empty if it was not. */
  readonly good: readonly number[];
  readonly bad: readonly number[];
  readonly text: string;
  /** What became of it in the bad run, where that is not that it was delivered as usual. */
  readonly note: string;
  readonly mark: 'fault' | 'node' | 'missing' | 'new' | 'same';
}

/** In order of the bad run; what is not in it stands behind what came before it in the good one. */
export function rowsOf(good: RunResult | undefined, bad: RunResult): Row[] {
  const goodStory = toldOf(good);
  const badStory = toldOf(bad);
  // What is sent more often than in the good run is told with the last time that it was sent there.
  const nameIn = ({ name, number }: Told): string =>
    `${name} ${Math.min(number, Math.max(1, timesIn(goodStory, name)))}`;
  const goodRows = groupBy(goodStory, nameIn);
  const badRows = groupBy(badStory, nameIn);
  let here = 0;
  const places = new Map<string, number>();
  for (const told of goodStory) {
    here = badRows.get(nameIn(told))?.[0].sent ?? here;
    places.set(nameIn(told), here);
  }
  for (const [name, [told]] of badRows) places.set(name, told.sent);
  const names = [...new Set([...goodRows.keys(), ...badRows.keys()])];
  const rows = names.map((name) => ({
    place: places.get(name) ?? 0,
    row: row(goodRows.get(name) ?? [], badRows.get(name) ?? []),
  }));
  const nodes = bad.nodes.map(({ tick, words }) => ({
    place: tick,
    row: { good: [], bad: [tick], text: words, note: '', mark: 'node' } satisfies Row,
  }));
  return [...nodes, ...rows].sort((a, b) => a.place - b.place).map(({ row }) => row);
}

const timesIn = (told: readonly Told[], name: string): number => told.filter((one) => one.name === name).length;

function row(good: readonly Told[], bad: readonly Told[]): Row {
  const shown = (bad[0] ?? good[0]) as Told;
  const hit = bad.find(({ fault }) => fault !== undefined);
  const notes = bad.flatMap((message) => fateInWords(message));
  const isChanged = good[0] !== undefined && bad[0] !== undefined && good[0].says !== bad[0].says;
  const before = isChanged ? [`was ${good[0]?.says}`] : [];
  return {
    good: good.map(({ sent }) => sent),
    bad: bad.map(({ sent }) => sent),
    text: `${shown.from} → ${shown.to}  ${shown.type} ${shown.says}`.trimEnd() + (shown.isLast ? '  at the end' : ''),
    note: [...new Set([...notes, ...before])].join('; '),
    mark: hit ? 'fault' : bad.length === 0 ? 'missing' : good.length === 0 ? 'new' : 'same',
  };
}

function fateInWords({ fate, fault, arrivals, sent, from, to }: MessageResult): string[] {
  if (fault !== undefined) return [effectOf(fault).note({ from, to }, arrivals)];
  if (fate === 'cut') return ['cut off'];
  if (fate === 'down') return [`${to} is down`];
  if (fate === 'flying') return ['still on its way at the end'];
  return arrivals[0] !== undefined && arrivals[0] > sent + 1 ? [`handled at tick ${arrivals[0]}`] : [];
}
