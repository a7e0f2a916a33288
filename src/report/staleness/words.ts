/**
 * How stale reads are, in words and rows: what the terminal and the page say alike.
 */
import { isStrict } from '../../staleness/quorum.js';
import { plural, probabilityInWords } from '../words.js';
import type { StalenessResult } from './schema.js';

type Quantile = StalenessResult['read'][number];
type Point = StalenessResult['curve'][number];

/** Three digits. */
export const msInWords = (ms: number): string => `${Number(ms.toPrecision(3))} ms`;

export const percent = (share: number): string => `${Number((100 * share).toPrecision(6))} %`;

/** `0.4358 (0.4327–0.4388)`. */
export const shareInWords = ({ probability, least, most }: Omit<Point, 'ms'>): string =>
  `${probabilityInWords(probability)} (${probabilityInWords(least)}–${probabilityInWords(most)})`;

/** `52.1 ms (51–53.2)`. */
function quantileInWords({ ms, least, most }: Quantile): string {
  const bound = (value: number | undefined): string =>
    value === undefined ? '?' : String(Number(value.toPrecision(3)));
  return `${msInWords(ms)} (${bound(least)}–${bound(most)})`;
}

export const quorumInWords = ({ quorum: { n, r, w }, model }: StalenessResult): string =>
  `N=${n}, R=${r}, W=${w}, ${model}`;

/** What R, W and N say before anything is sampled. */
export const strictness = ({ quorum }: StalenessResult): string =>
  isStrict(quorum)
    ? 'R + W is more than N: every read that follows a write meets it.'
    : 'R + W is not more than N: a read may miss the write before it.';

/** What the samples say, in a sentence. */
export function summary({ curve, visible, samples, seed }: StalenessResult): string {
  const now = probabilityInWords(curve[0]?.probability ?? 0);
  const late = visible[visible.length - 1];
  const then = late && late.ms > 0 ? `, one ${msInWords(late.ms)} later with ${late.quantile}` : '';
  const how = `${samplesInWords(samples)}, seed ${seed}`;
  return `A read as soon as the write is done is consistent with a probability of ${now}${then} (${how}).`;
}

const samplesInWords = (samples: number): string => `${samples.toLocaleString('en-US')} samples`;

export const INTERVALS = 'In brackets: 95 % confidence intervals.';

/** What the closed forms are about. */
export const CLOSED = 'If each read and write takes any replicas, and writes go no further (exact):';

/** Rows of what the closed forms say. */
export function closedRows({ versions, monotonic }: StalenessResult): [string, string][] {
  return [
    ...versions.map(({ versions: k, probability, fraction }): [string, string] => [
      k === 1 ? 'a read gives the last version' : `a read gives one of the last ${k} versions`,
      fraction.length < 12 && probability > 0 && probability < 1
        ? `${probabilityInWords(probability)} = ${fraction}`
        : exactInWords(probability),
    ]),
    [
      `a read is no older than the client's last one, with ${plural(monotonic.writesPerRead, 'write')} for each read of it`,
      exactInWords(monotonic.probability),
    ],
  ];
}

/** A probability near 1 by what it lacks. */
const exactInWords = (probability: number): string =>
  probability > 0.999 && probability < 1
    ? `1 − ${(1 - probability).toExponential(4)}`
    : probabilityInWords(probability);

/** The shares that times are of. */
export const timeColumns = ({ read }: StalenessResult): string[] => read.map(({ quantile }) => percent(quantile));

/** What takes how long for so many: what, and a cell for each column. */
export const timeRows = ({ visible, read, write }: StalenessResult): [string, string[]][] => [
  ['reads are consistent after', visible.map((it) => (it.ms > 0 ? quantileInWords(it) : 'at once'))],
  ['a read takes', read.map(quantileInWords)],
  ['a write takes', write.map(quantileInWords)],
];
