/**
 * The probability that promises break, as text and as JSON: for a person who wants the figure, and what it rests on.
 */
import { visible } from '../../core/text.js';
import type { Bounds } from '../../faults/fault.js';
import { kinds } from '../../faults/kinds.js';
import type { Rates } from '../../risk/rates.js';
import type { Risk } from '../../risk/risk.js';
import type { Invariant } from '../../simulator/outcome.js';
import { printableJson, type SpecFiles } from '../result.js';
import { boundsInWords, plural, probabilityInWords } from '../words.js';
import { PLAIN_TEXT, type TextPalette } from './text.js';

/** One check, and what came of it. */
export interface CheckRisk {
  readonly name: string;
  readonly spec: SpecFiles;
  readonly bounds: Bounds;
  /** Undefined if it could not be found out, for the reason given. */
  readonly risk: Risk | undefined;
  readonly reason: string | undefined;
}

/** Grows by one when a reader of the old form could misread the new one. */
const SCHEMA_VERSION = 1;

export function risksToJson(version: string, invariant: Invariant, rates: Rates, checks: readonly CheckRisk[]): string {
  const data = {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'ldfi', version },
    invariant,
    rates,
    risks: checks.map(({ risk, reason, ...check }) => ({ ...check, ...(reason !== undefined && { reason }), ...risk })),
  };
  return `${printableJson(JSON.stringify(data, undefined, 2))}\n`;
}

/** The block of one check; each line ended. */
export function riskToText({ name, bounds, risk, reason }: CheckRisk, rates: Rates, palette = PLAIN_TEXT): string {
  const head = `${palette.bold(visible(name))}  ${palette.dim(visible(`(${boundsInWords(bounds)})`))}`;
  const lines = risk ? [figure(risk, palette), ...basis(risk, bounds, rates)] : [`no probability: ${reason ?? ''}`];
  return `${[head, ...lines.map((line) => `  ${line}`)].join('\n')}\n`;
}

function figure(risk: Risk, palette: TextPalette): string {
  const figure = probabilityInWords(risk.probability);
  const colour = risk.isPossible ? palette.red : risk.method === 'exact' ? palette.green : palette.yellow;
  if (risk.method === 'exact') {
    const never = risk.isPossible ? '' : ': no scenario that can happen breaks it';
    return `The promise breaks with a probability of ${palette.bold(colour(figure))}, exactly${never}.`;
  }
  const [least, most] = risk.interval.map(probabilityInWords);
  const error = `standard error ${probabilityInWords(risk.standardError)}, 95 % confidence from ${least} to ${most}`;
  return `The promise breaks with a probability of about ${palette.bold(colour(figure))} (${error}).`;
}

/** What the figure rests on. */
function basis(risk: Risk, bounds: Bounds, rates: Rates): string[] {
  const formulas = { total: 'total lineage', learned: 'learned transitions', run: 'lineage of runs', none: '' };
  const lines: string[] = [];
  if (risk.method === 'exact')
    lines.push(
      `Counted over a decision diagram of ${plural(risk.nodes, 'node')}, of ${formulas[risk.mode]} over ${plural(risk.faults, 'possible fault')}.`,
    );
  else {
    const judged =
      risk.formula === 'whole'
        ? `judged by ${formulas[risk.mode]}`
        : risk.formula === 'part'
          ? `judged by ${formulas[risk.mode]} and ${plural(risk.runs, 'run')}`
          : `judged by ${plural(risk.runs, 'run')}`;
    lines.push(
      `${plural(risk.samples, 'scenario')} sampled by importance (seed ${risk.seed}), around ${plural(risk.counterexamples, 'counterexample')}; ${risk.violated} broke the promise; ${judged}.`,
    );
    if (risk.isCut) lines.push('The sampling was stopped early.');
    if (risk.violated === 0) lines.push('No sample broke it, which proves nothing: `ldfi run` searches for a proof.');
  }
  if (risk.failureFree !== 'holds')
    lines.push(`Without faults ${risk.failureFree === 'vacuous' ? 'nothing is promised' : 'it is broken already'}.`);
  const possible = kinds().filter((kind) => kind.size(bounds) > 0);
  const given = possible.map(({ kind }) => `${kind} ${probabilityInWords(rates[kind] ?? 0)}`).join(', ');
  lines.push(`Rates of single faults, among the scenarios within the bounds: ${visible(given) || 'none'}.`);
  return lines;
}
