/**
 * The verdict of `ldfi nodes` as text: what broke, which message the nodes could not afford to lose, what happened with
 * the fault and without, and what to do next.
 */
import { visible, visibleLines } from '../../../core/text.js';
import { PLAIN_TEXT, type TextPalette } from '../../../report/formats/text.js';
import { EXIT, type ExitCode } from '../../../report/meaning.js';
import { plural } from '../../../report/words.js';
import { effectOf, faultText } from '../faults.js';
import { BASELINES } from '../system.js';
import { type Row, rowsOf } from './rows.js';
import type { NodesCounterexample, NodesResult } from './schema.js';

const MOST = { why: 5, rows: 40, ends: 8, others: 12, ticks: 4, stderr: 3, reasons: 10 } as const;

const VERDICTS: Readonly<Record<NodesResult['verdict'], { readonly title: string; readonly exit: ExitCode }>> = {
  counterexamples: { title: '✗ VIOLATED', exit: EXIT.counterexample },
  exact: { title: '✓ HOLDS', exit: EXIT.ok },
  monotone: { title: '✓ HOLDS', exit: EXIT.ok },
  unreliable: { title: '! UNRELIABLE', exit: EXIT.inconclusive },
  stopped: { title: '! INCONCLUSIVE', exit: EXIT.inconclusive },
  broken: { title: '! VIOLATED WITHOUT FAULTS', exit: EXIT.falseGreen },
  vacuous: { title: '! VACUOUS', exit: EXIT.falseGreen },
  kept: { title: '✓ KEPT', exit: EXIT.ok },
};

/** A fault's words without columns. */
export const inSentence = (words: string): string => words.replace(/ {2,}/g, ' ').replaceAll(' :', ':');

/** The verdict in lower case: `violated without faults`. */
export const verdictInWords = ({ verdict }: NodesResult): string => VERDICTS[verdict].title.slice(2).toLowerCase();

export const nodesExit = ({ verdict }: NodesResult): ExitCode => VERDICTS[verdict].exit;

/** Each line ended. */
export function nodesToText(result: NodesResult, palette: TextPalette = PLAIN_TEXT): string {
  const { verdict, workload, counterexamples } = result;
  const { title, exit } = VERDICTS[verdict];
  const colour = exit === EXIT.ok ? palette.green : exit === EXIT.counterexample ? palette.red : palette.yellow;
  const head = `${palette.bold(colour(title))}  ${palette.bold(workload)}  ${palette.dim(`(${boundsInWords(result)})`)}`;
  const [first] = counterexamples;
  const body = first
    ? [...counterexampleLines(result, first, palette), ...others(result, palette)]
    : answer(result, palette);
  return `${[head, ...body, ...footnotes(result, palette)].map((line) => line.trimEnd()).join('\n')}\n`;
}

export function boundsInWords({ bounds }: NodesResult): string {
  const { nodes, faults, eff, eot, tickMs, maxFaults } = bounds;
  const kinds = faults.map((kind) => visible(kind)).join(' ');
  return `${plural(nodes.length, 'node')}, up to ${plural(maxFaults, 'fault')} of ${kinds} before tick ${eff}, kept by tick ${eot}, a tick is ${tickMs} ms`;
}

const section = (title: string, lines: readonly string[], palette: TextPalette): string[] =>
  lines.length === 0 ? [] : ['', `  ${palette.bold(title)}`, ...lines.map((line) => `    ${line}`)];

function counterexampleLines(result: NodesResult, found: NodesCounterexample, palette: TextPalette): string[] {
  const { faults, why, run } = found;
  const [first] = faults.map(({ kind }) => effectOf(kind));
  const isOneLoss = faults.length === 1 && first?.loses && first.cutOff === 0;
  return [
    ...section('The promise that broke', [result.promise, ...capped(why.map(visibleLines), MOST.why)], palette),
    ...section(
      isOneLoss ? 'The message it could not afford to lose' : 'The faults that break it',
      [
        ...faults.map(({ words }, i) => `${isOneLoss ? '' : `${i + 1}. `}${palette.red(visible(words))}`),
        `${reproduced(found)}${faults.length > 1 && found.minimal ? '; each is needed: without any one of them the promise is kept' : ''}`,
      ],
      palette,
    ),
    ...section('What happens', timeline(result, found, palette), palette),
    ...section('What the nodes wrote to standard error', stderrLines(result, run.stderr), palette),
    ...section('Next: mend it, and inject the same again', [nextCommand(result, found)], palette),
  ];
}

const reproduced = ({ reproduced: times, attempts }: NodesCounterexample): string =>
  `reproduced ${times} of ${attempts}${times < attempts ? ': it hangs on timing' : ''}`;

/** Ticks of the run without faults, ticks of the run with them, and the message. */
export function timeline(
  { baseline }: NodesResult,
  { run }: NodesCounterexample,
  palette: TextPalette = PLAIN_TEXT,
): string[] {
  const rows = rowsOf(baseline, run);
  const columns = (good: string, bad: string): string => `${good.padStart(8)}  ${bad.padEnd(10)}`;
  const shown = telling(rows);
  const lines = shown.map((row) => line(row, columns, palette));
  const left = rows.length - shown.length;
  const more = left > 0 ? [palette.dim(`… ${plural(left, 'message')} left out here; --json and --html have all`)] : [];
  return [palette.dim(`${columns('no fault', 'with fault')}  (ticks of sending)`), ...lines, ...more];
}

/** As many rows as there is room for: those in which nothing differs are left out first, the last of them first. */
function telling(rows: readonly Row[]): Row[] {
  const differs = (row: Row): boolean => row.mark !== 'same' || row.note !== '';
  let room = MOST.rows - Math.min(MOST.rows, rows.filter(differs).length);
  const kept = rows.filter((row) => differs(row) || room-- > 0);
  const isStruck = (row: Row): boolean => row.mark === 'fault' || row.mark === 'node';
  // The faults and the end are what it is about.
  const ends = kept.slice(-MOST.ends);
  const begins = kept.slice(0, Math.max(0, MOST.rows - MOST.ends));
  return kept.filter((row) => begins.includes(row) || ends.includes(row) || isStruck(row));
}

function line(row: Row, columns: (good: string, bad: string) => string, palette: TextPalette): string {
  const { good, bad, mark } = row;
  const signs = { fault: '✗', node: '☠', missing: '-', new: '+', same: ' ' } as const;
  const ticks = (list: readonly number[]): string => String(list[0] ?? '');
  const again = bad.slice(1);
  const repeats = again.length > 0 ? [`again at ${listed(again)}`] : [];
  const absent = mark === 'missing' ? ['not sent'] : [];
  const notes = [...(row.note === '' ? [] : [row.note]), ...absent, ...repeats].join('; ');
  const text = `${columns(ticks(good), ticks(bad))}${signs[mark]} ${visible(row.text)}${notes === '' ? '' : `  ${visible(notes)}`}`;
  if (mark === 'fault' || mark === 'node') return palette.red(text);
  return mark === 'same' && row.note === '' ? text : palette.yellow(text);
}

const listed = (ticks: readonly number[]): string =>
  `${ticks.length === 1 ? 'tick' : 'ticks'} ${ticks.slice(0, MOST.ticks).join(', ')}${ticks.length > MOST.ticks ? ` and ${ticks.length - MOST.ticks} more` : ''}`;

/** The last lines of nodes that wrote something else than without faults. */
function stderrLines({ baseline }: NodesResult, stderr: Readonly<Record<string, string>>): string[] {
  return Object.entries(stderr).flatMap(([node, text]) => {
    if (text.trim() === '' || text === baseline?.stderr[node]) return [];
    const lines = text.trimEnd().split('\n').slice(-MOST.stderr);
    return lines.map((line) => `${node}: ${visible(line.slice(0, 200))}`);
  });
}

/** The command that injects the same faults again. */
function nextCommand({ workload, bounds, command }: NodesResult, { faults }: NodesCounterexample): string {
  const { nodes, eff, eot, tickMs } = bounds;
  const inject = quoted(faults.map(faultText).join('; '));
  const words = command.map(quoted).join(' ');
  return visible(
    `npx ldfi nodes --workload ${workload} -n ${nodes.length} --tick-ms ${tickMs} --eff ${eff} --eot ${eot} --inject ${inject} -- ${words}`,
  );
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

function others({ counterexamples }: NodesResult, palette: TextPalette): string[] {
  const lines = counterexamples
    .slice(1)
    .map(
      (found) =>
        `${found.faults.map(({ words }) => visible(words)).join('  and  ')}  ${palette.dim(`(${reproduced(found)})`)}`,
    );
  return section(plural(lines.length, 'more minimal counterexample'), capped(lines, MOST.others), palette);
}

/** What there is to say where there is no counterexample, a line each. */
export function answer(result: NodesResult, palette: TextPalette = PLAIN_TEXT): string[] {
  const { verdict, promise, exact, monotone, injectable, broken, reasons, stopped, bounds, injected } = result;
  const most = verdict === 'exact' ? exact : (monotone ?? exact);
  const kept = `${promise}: so it is under every set of up to ${plural(most, 'fault')}.`;
  switch (verdict) {
    case 'exact':
      return [
        '',
        `  ${kept}`,
        `  Each set of up to ${plural(exact, 'fault')} was tried, or an experiment shows what it would do.`,
      ];
    case 'monotone':
      return [
        '',
        `  ${kept}`,
        '  No set of faults is left that cuts every way of succeeding that was seen. That takes for granted that no fault',
        `  hides a message which another one would have hit; ${exact === 0 ? 'with --exact nothing is' : `up to ${plural(exact, 'fault')} nothing is`} taken for granted.`,
      ];
    case 'kept':
      return section(
        'The promise was kept with these faults, five times of five',
        (injected ?? []).map(visible),
        palette,
      );
    case 'broken':
      return [
        ...section(
          'The promise that broke, without any fault',
          [promise, ...capped(broken.map(visibleLines), MOST.why)],
          palette,
        ),
        '',
        `  Is the program of this workload? Or does it need longer than ${bounds.eot} ticks of ${bounds.tickMs} ms? --eot and --tick-ms give it time.`,
      ];
    case 'vacuous':
      return ['', `  There was no message at which ${bounds.faults.join(', ')} could be injected: nothing was tested.`];
    case 'unreliable':
      return [
        ...section(
          'Why no verdict can be trusted',
          capped(
            reasons.map((reason) => visible(reason)),
            MOST.reasons,
          ),
          palette,
        ),
        '',
        `  On a busy machine the same experiment ends in several ways. A larger --tick-ms (it is ${bounds.tickMs}) makes it steadier, and`,
        '  so does --parallel 1. Or the program itself hangs on chance or on a clock.',
      ];
    default:
      return [
        '',
        `  Stopped ${stopped === 'runs' ? `after ${plural(bounds.maxRuns, 'experiment')} (--max-runs)` : stopped === undefined ? 'before all was tried' : 'by an interrupt or the timeout'}; no counterexample so far, at ${plural(injectable, 'message')}.`,
        ...(exact > 0 ? [`  Up to ${plural(exact, 'fault')} all sets were tried: none breaks the promise.`] : []),
      ];
  }
}

const STOPS: Readonly<Record<NonNullable<NodesResult['stopped']>, string>> = {
  first: 'It stopped at the first; there may be more.',
  runs: 'It stopped at --max-runs; there may be more.',
  aborted: 'It was stopped; there may be more.',
  system: 'It was stopped; there may be more.',
};

function footnotes(result: NodesResult, palette: TextPalette): string[] {
  const { experiments, grouped, verdict, stopped, reasons, needed, counterexamples } = result;
  const notes = [`${plural(experiments, 'experiment')}, the first ${BASELINES} without faults.`];
  if (grouped.length > 0)
    notes.push(
      `Not the same in every experiment without faults, and so one fault for all of a family: ${grouped.map(visible).join(', ')}.`,
    );
  if (counterexamples.length > 0 && stopped !== undefined) notes.push(STOPS[stopped]);
  if (result.beyond > 0)
    notes.push(
      `${plural(result.beyond, 'experiment')} with larger sets found nothing, and were not all: --max-faults 2 and a larger --max-runs go on.`,
    );
  if (
    counterexamples.length > 0 &&
    result.bounds.maxFaults > 1 &&
    counterexamples.every(({ faults }) => faults.length === 1)
  )
    notes.push('Sets of several faults are looked for once no single fault breaks the promise; --exact looks for all.');
  if (needed !== undefined)
    notes.push(
      `The exact pass would go on with ${plural(needed, 'experiment')}; --exact and a larger --max-runs make it.`,
    );
  if (counterexamples.length > 0 && reasons.length > 0)
    notes.push(...reasons.slice(0, MOST.reasons).map((it) => visible(it)));
  if (verdict === 'exact' || verdict === 'monotone')
    notes.push(
      'Programs are real: what hangs on timing may show in another run. CI with a larger --tick-ms is steadier.',
    );
  return ['', ...notes.map((note) => palette.dim(`  ${note}`))];
}

function capped(lines: readonly string[], most: number): string[] {
  return lines.length <= most ? [...lines] : [...lines.slice(0, most), `… and ${lines.length - most} more`];
}
