/**
 * What `ldfi fix` found, for a person: what is wrong, each edit with why it helps, what it was proved to do and what it
 * costs, and its patch.
 */
import { visible } from '../core/text.js';
import { formatScenario } from '../faults/scenario.js';
import { PLAIN_TEXT, type TextPalette } from '../report/formats/text.js';
import { boundsInWords, listInWords, plural, spaceInWords, VERDICT_WORDS } from '../report/words.js';
import type { Culprit, Diagnosed } from './diagnosis.js';
import type { FixOutcome, Mending } from './outcome.js';
import type { Proof } from './proof.js';

/** Lines of a rule that are shown. */
const MOST_LINES = 6;

/** @param fit breaks lines of prose; those of patches stay whole */
export function fixToText(
  outcome: FixOutcome,
  palette: TextPalette = PLAIN_TEXT,
  fit: (text: string) => string = (text) => text,
): string {
  const { checks, mendings } = outcome;
  const wrong = checks.filter(({ verdict }) => verdict.kind === 'violated');
  const lines = [
    ...wrong.flatMap((one, i) => [...wrongLines(one, wrong.slice(0, i), palette), '']).map(fit),
    ...mendings.flatMap((one, i) => [
      ...mendingLines(one, i + 1, palette).map(fit),
      '',
      ...patchLines(one, palette),
      '',
    ]),
    ...closing(outcome, palette).map(fit),
  ];
  return `${lines.join('\n')}\n`;
}

/** @param before those that are shown above: the same is not said twice */
function wrongLines(
  { check: { name, bounds }, diagnosis }: Diagnosed,
  before: readonly Diagnosed[],
  palette: TextPalette,
): string[] {
  const head = `${palette.bold(palette.red(`✗ ${VERDICT_WORDS.violated}`))}  ${palette.bold(visible(name))}  ${palette.dim(visible(`(${boundsInWords(bounds)})`))}`;
  if (!diagnosis) return [head];
  const { story, scenario, needed, hasty } = diagnosis;
  const twin = before.find((one) => JSON.stringify(one.diagnosis) === JSON.stringify(diagnosis));
  if (twin) return [head, `  As ${visible(twin.check.name)}.`];
  return [
    head,
    `  ${visible(story ?? `It breaks with ${formatScenario(scenario)}`)}.`,
    ...(hasty ? culpritLines('This fired, and does not where the promise is kept', hasty, palette) : []),
    ...(needed ? culpritLines('This needed to fire', needed, palette) : []),
  ];
}

function culpritLines(title: string, { source, what, lacked }: Culprit, palette: TextPalette): string[] {
  const rule = source.text.split('\n').slice(0, MOST_LINES);
  const why = lacked.length > 0 ? `${what}, because ${listInWords(lacked)}` : what;
  return [
    '',
    `  ${palette.bold(title)}  ${palette.dim(visible(`${source.file}:${source.line}`))}`,
    ...rule.map((line) => `    ${visible(line.trimEnd())}`),
    `    ${palette.dim(visible(why))}`,
  ];
}

function mendingLines({ proposal, proof }: Mending, number: number, palette: TextPalette): string[] {
  return [
    `${palette.bold(palette.green(`${number}. ${visible(capital(proposal.title))}`))}`,
    `   Why: ${visible(proposal.why())}.`,
    ...proofLines(proof).map((line) => `   ${visible(line)}`),
  ];
}

const patchLines = ({ patch }: Mending, palette: TextPalette): string[] =>
  patch
    .trimEnd()
    .split('\n')
    .map((line) => colouredLine(line, palette));

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function proofLines({ proved, cost, beyond }: Proof): string[] {
  const mended = proved.filter(({ was }) => was === 'violated');
  const kept = proved.filter(({ was }) => was !== 'violated').map(({ name }) => name);
  const also = kept.length > 0 ? ` As before: ${kept.join(', ')}.` : '';
  const { scenarios, less, example } = cost;
  const price =
    less === 0
      ? `With any one fault it promises as much as before (${plural(scenarios, 'scenario')} compared).`
      : `With one fault it may promise less: in ${less} of ${plural(scenarios, 'scenario')}, as with ${formatScenario(example ?? [])}.`;
  const later = beyond && beyondInWords(beyond);
  return [
    `Proved: ${mended.map(({ name, bounds }) => `${name} holds in ${spaceInWords(bounds)}`).join(', ')}.${also}`,
    ...(scenarios > 0 ? [price] : []),
    ...(later ? [later] : []),
  ];
}

function beyondInWords({ eot, verdict, scenario }: NonNullable<Proof['beyond']>): string {
  if (verdict === 'holds') return `It holds with eot ${eot}, too.`;
  const how = scenario ? `breaks with ${formatScenario(scenario)}` : `is ${verdict}`;
  return `Within these bounds only: with eot ${eot} it ${how}.`;
}

function colouredLine(line: string, palette: TextPalette): string {
  const text = visible(line.replace(/\r$/, ''));
  if (/^(?:---|\+\+\+) /.test(line)) return palette.bold(text);
  if (line.startsWith('+')) return palette.green(text);
  if (line.startsWith('-')) return palette.red(text);
  return line.startsWith('@@') ? palette.blue(text) : text;
}

function closing({ spec, checks, search, mendings }: FixOutcome, palette: TextPalette): string[] {
  if (!checks.some(({ verdict }) => verdict.kind === 'violated')) return [nothingToFix(checks)];
  if (spec.bloom) return ['Edits are proposed for specs written in Dedalus alone, and this one is written in Bloom.'];
  if (spec.kind === 'protocol')
    return ['Edits are proposed for Dedalus specs alone: what handlers should say instead is for their author.'];
  if (!search) return [];
  const effort = `${plural(search.tried, 'edit')} tried, ${search.searched} searched in full`;
  const early = search.stopped ? '; stopped by an interrupt or the timeout, so there may be more' : '';
  if (mendings.length > 0) return [palette.dim(`${effort}${early}.`)];
  const { partial } = search;
  const none = search.stopped
    ? palette.yellow(`! No edit that mends it so far: stopped by an interrupt or the timeout (${effort}).`)
    : palette.yellow(`! No edit of the kinds that are tried mends it (${effort}).`);
  if (!partial) return [none];
  const { proposal, removed, known, broken } = partial;
  const still = `${search.checks[broken.check] ?? ''} with ${formatScenario(broken.scenario)}`;
  return [
    none,
    `  The nearest is no fix: ${visible(proposal.title)}. It removes ${removed} of ${plural(known, 'counterexample')}; what still breaks is ${visible(still)}.`,
  ];
}

/** Why there is nothing to be fixed. */
function nothingToFix(checks: readonly Diagnosed[]): string {
  const odd = checks.find(({ verdict }) => verdict.kind !== 'holds');
  if (!odd) return `Nothing to fix: ${checks.length === 1 ? 'the check holds' : `all ${checks.length} checks hold`}.`;
  const { name } = odd.check;
  const { kind } = odd.verdict;
  if (kind === 'inconclusive')
    return `Whether there is anything to fix is not known: ${visible(name)} is inconclusive.`;
  return `There is no counterexample to go by: ${visible(name)} is ${VERDICT_WORDS[kind].toLowerCase()}; \`ldfi run\` says more.`;
}
