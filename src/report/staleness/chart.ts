/**
 * The chart of consistent reads over time: a curve with its interval, over a logarithmic axis that has 0 at its left.
 */
import { type Html, html } from '../overview/html.js';
import { probabilityInWords } from '../words.js';
import type { StalenessResult } from './schema.js';
import { msInWords, percent } from './words.js';

type Point = StalenessResult['curve'][number];

const BOX = { width: 760, height: 330, left: 78, right: 20, top: 24, bottom: 58 } as const;

/** From the time 0 to where the logarithmic axis begins. */
const GAP = 40;

/** Where the axis of probabilities begins, and its steps: the closest to 1 that shows all of the curve is taken. */
const FLOORS = [
  [0.99, 0.002],
  [0.9, 0.02],
  [0.5, 0.1],
  [0, 0.2],
] as const;

/** Where things are, in the units of the picture. */
export interface Scale {
  x(ms: number): number;
  y(probability: number): number;
}

const px = (value: number): number => Math.round(value * 10) / 10;

/** @param curve of more than one point */
export function scaleOf(curve: readonly Point[]): Scale & { readonly floor: number; readonly step: number } {
  const [first = 1, last = 1] = [curve[1]?.ms, curve[curve.length - 1]?.ms];
  const from = BOX.left + GAP;
  const decades = Math.log10(last / first) || 1;
  const [floor, step] = FLOORS.find(([least]) => least <= (curve[0]?.least ?? 0)) ?? FLOORS[3];
  return {
    floor,
    step,
    x: (ms) =>
      ms <= 0
        ? BOX.left
        : px(Math.max(BOX.left, from + (Math.log10(ms / first) / decades) * (BOX.width - BOX.right - from))),
    y: (probability) => px(BOX.top + ((1 - probability) / (1 - floor)) * (BOX.height - BOX.top - BOX.bottom)),
  };
}

export function chart({ curve, visible }: StalenessResult): Html {
  const { x, y, floor, step } = scaleOf(curve);
  const bottom = BOX.height - BOX.bottom;
  const right = BOX.width - BOX.right;
  const path = (points: readonly Point[], of: (point: Point) => number): string =>
    points.map((point) => `${x(point.ms)} ${y(of(point))}`).join(' L');
  const band = `M${path(curve, ({ least }) => Math.max(least, floor))} L${path([...curve].reverse(), ({ most }) => most)}Z`;
  const late = visible[visible.length - 1];
  return html`<svg class="chart" viewBox="0 0 ${BOX.width} ${BOX.height}" role="img" aria-label="Probability of a consistent read over the time after the write; the table has the figures">
${Array.from({ length: Math.round((1 - floor) / step) + 1 }, (_, i) => {
  const share = floor + step * i;
  return html`<line class="rule" x1="${BOX.left}" x2="${right}" y1="${y(share)}" y2="${y(share)}"/><text x="${BOX.left - 8}" y="${y(share) + 4}" text-anchor="end">${probabilityInWords(share)}</text>
`;
})}${ticksOf(curve).map(
  (
    ms,
  ) => html`<line class="rule" x1="${x(ms)}" x2="${x(ms)}" y1="${bottom}" y2="${bottom + 5}"/><text x="${x(ms)}" y="${bottom + 20}" text-anchor="middle">${Number(ms.toPrecision(3))}</text>
`,
)}<text x="${(BOX.left + right) / 2}" y="${BOX.height - 8}" text-anchor="middle">ms after the write was done</text>
<path class="band" d="${band}"/>
<path class="curve" d="M${path(curve, ({ probability }) => probability)}"/>
${late && late.ms > 0 ? lateHtml(late.quantile, late.ms, x(late.ms), bottom) : []}<circle class="here" id="here" r="5" cx="${BOX.left}" cy="${y(curve[0]?.probability ?? 0)}"/>
</svg>`;
}

const lateHtml = (quantile: number, ms: number, x: number, bottom: number): Html =>
  html`<line class="late" x1="${x}" x2="${x}" y1="${BOX.top}" y2="${bottom}"/><text x="${x - 6}" y="${bottom - 8}" text-anchor="end">${percent(quantile)} from ${msInWords(ms)} on</text>
`;

/** 0, and the first time of each decade. */
const ticksOf = (curve: readonly Point[]): number[] =>
  curve.map(({ ms }) => ms).filter((ms) => ms === 0 || /^1e/.test(ms.toExponential()));
