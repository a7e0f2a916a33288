/**
 * `ldfi live run -c FILE`: experiments on running services, until nothing is left to try.
 */
import { visible } from '../../../core/text.js';
import { unexplained } from '../../../experiments/closing.js';
import { smallestHypotheses } from '../../../experiments/hypotheses.js';
import { Knowledge } from '../../../experiments/knowledge.js';
import { searchLive } from '../../../experiments/search.js';
import { livePage, version } from '../../../files/package.js';
import { mayOverwrite } from '../../../files/write.js';
import type { LiveConfig } from '../../../live/http/config.js';
import type { HttpSystem } from '../../../live/http/system.js';
import { EXITS } from '../../../live/report/model.js';
import { pageOfLive } from '../../../live/report/page.js';
import { type LiveResult, resultOf, resultToJson } from '../../../live/report/result.js';
import { resultToText } from '../../../live/report/text.js';
import { faultInWords, plural } from '../../../live/report/words.js';
import { EXIT, type ExitCode } from '../../../report/meaning.js';
import { shown } from '../../io/files.js';
import { type Interrupt, underInterrupt } from '../../io/interrupt.js';
import { saveText } from '../../io/outputs.js';
import { complain, isTerminal, paletteFor, print } from '../../io/terminal.js';
import { loadConfig, type SystemFlags, withSystem } from './load.js';

export interface LiveRunFlags extends SystemFlags {
  readonly dryRun?: boolean;
  readonly exact?: boolean;
  readonly maxFaults?: number;
  readonly maxRuns?: number;
  readonly timeout?: number;
  readonly json?: string;
  readonly html?: string;
  readonly force?: boolean;
}

export const liveRun = (flags: LiveRunFlags): Promise<ExitCode> =>
  underInterrupt(
    flags.timeout,
    (interrupt) => runUnder(flags, interrupt),
    () => EXIT.inconclusive,
  );

async function runUnder(flags: LiveRunFlags, interrupt: Interrupt): Promise<ExitCode> {
  const config = loadConfig(flags);
  if (!config || !mayWrite(flags)) return EXIT.mistake;
  const code = await withSystem(config, flags, async (system) => {
    await system.rehearse(interrupt.signal);
    return flags.dryRun ? dryRun(system, config, interrupt.signal) : search(system, config, flags, interrupt);
  });
  return code ?? EXIT.mistake;
}

/** Files are not written over what ldfi has not written. */
function mayWrite({ json, html, force = false }: LiveRunFlags): boolean {
  const strange = [json, html].filter((path) => path !== undefined && path !== '-' && !force && !mayOverwrite(path));
  for (const path of strange)
    complain(`error: ${visible(shown(path ?? ''))} is there and was not written by ldfi; replace it with --force\n`);
  return strange.length === 0;
}

async function search(
  system: HttpSystem,
  config: LiveConfig,
  flags: LiveRunFlags,
  { signal }: Interrupt,
): Promise<ExitCode> {
  const maxFaults = flags.maxFaults ?? config.maxFaults;
  const verdict = await searchLive(system, {
    maxFaults,
    maxRuns: flags.maxRuns ?? config.maxRuns,
    // What never happens is kept by any early failure: lineage proves nothing of it, and alone looks for the wrong thing.
    safety: config.never !== undefined || config.promise !== undefined,
    lineage: config.expect !== undefined || config.promise !== undefined,
    ...(flags.exact && { exact: maxFaults, insist: true }),
    signal,
    on: isTerminal(process.stderr) ? progress : undefined,
  });
  if (isTerminal(process.stderr)) complain('\r\u001b[K');
  const path = shown(flags.config);
  const result = resultOf(verdict, { version: version(), path, config, alike: system.alike });
  if (flags.json !== '-' && flags.html !== '-')
    print(resultToText(result, paletteFor(process.stdout), next(result, flags)));
  const saved = [
    flags.json === undefined || saveText(flags.json, resultToJson(result), 'error'),
    flags.html === undefined || saveText(flags.html, pageOfLive(result, livePage()), 'error'),
  ];
  return saved.every((is) => is) ? EXITS[result.verdict] : EXIT.mistake;
}

function progress(event: { kind: string; number?: number }): void {
  if (event.kind === 'experiment') complain(`\r\u001b[Kexperiment ${event.number}`);
}

/** The command to go on with. */
function next(result: LiveResult, { json, config }: LiveRunFlags): string | undefined {
  const command = (words: readonly string[]): string => ['npx ldfi live', ...words].join(' ');
  const { verdict } = result;
  if (verdict === 'unreliable' || verdict === 'vacuous' || verdict === 'broken')
    return command(['doctor', '-c', shown(config)]);
  if (verdict === 'counterexamples')
    return json === undefined || json === '-'
      ? command(['run', '-c', shown(config), '--json', 'reports/live.json'])
      : command(['replay', shown(json), '-c', shown(config)]);
  return verdict === 'monotone' ? command(['run', '-c', shown(config), '--exact']) : undefined;
}

/** Says what would be done, after a few requests without faults. */
async function dryRun(system: HttpSystem, config: LiveConfig, signal: AbortSignal): Promise<ExitCode> {
  const { bold, dim } = paletteFor(process.stdout);
  const baseline = await system.run([], signal);
  const knowledge = new Knowledge();
  knowledge.learn(baseline);
  const faults = unexplained(knowledge, 1);
  print(`${bold('Calls')}\n`);
  for (const { id, kinds } of baseline.calls)
    print(`  ${visible(id)}  ${dim(kinds.length > 0 ? kinds.join(', ') : 'never fails')}\n`);
  print(`${bold('Faults')}  ${faults.length} single ones, and more at calls that only faults bring about\n`);
  const first =
    baseline.outcome.kind === 'good'
      ? await smallestHypotheses(knowledge, { most: 5, maxFaults: config.maxFaults, avoided: [] })
      : [];
  if (first.length > 0) print(`${bold('Tried first')}\n`);
  for (const set of first) print(`  ${visible(set.map((fault) => faultInWords(fault)).join('; '))}\n`);
  const problems = [...baseline.problems, ...system.doubts()];
  for (const problem of problems) print(`! ${visible(problem)}\n`);
  if (baseline.outcome.kind === 'bad')
    print(`! the promise is broken without faults: ${visible(baseline.outcome.why.join('; '))}\n`);
  print(`Nothing was injected; ${plural(5, 'request')} without faults.\n`);
  return baseline.outcome.kind === 'bad' || faults.length === 0 ? EXIT.falseGreen : EXIT.ok;
}
