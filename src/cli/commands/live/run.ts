/**
 * `ldfi live run -c FILE`: experiments on running services, until nothing is left to try.
 */
import { commandLine } from '../../../core/shell.js';
import { visible } from '../../../core/text.js';
import { unexplained } from '../../../experiments/closing.js';
import { smallestHypotheses } from '../../../experiments/hypotheses.js';
import { Knowledge } from '../../../experiments/knowledge.js';
import { searchLive } from '../../../experiments/search.js';
import { livePage, version } from '../../../files/package.js';
import type { LiveConfig } from '../../../live/http/config.js';
import type { HttpSystem } from '../../../live/http/system.js';
import { liveInput, type PromisePlace, requestName } from '../../../live/report/checks.js';
import { emitLiveTest } from '../../../live/report/emit.js';
import { pageOfLive } from '../../../live/report/page.js';
import { type LiveResult, resultOf, resultToJson } from '../../../live/report/result.js';
import { resultToText } from '../../../live/report/text.js';
import { faultInWords, liveExit, plural } from '../../../live/report/words.js';
import { EXIT, type ExitCode } from '../../../report/meaning.js';
import { ExperimentOutputs, isTyped, seenFromTest, type Texts } from '../../io/experiment-outputs.js';
import { shown } from '../../io/files.js';
import { type Interrupt, underInterrupt } from '../../io/interrupt.js';
import { liveProgress } from '../../io/live-progress.js';
import type { OutputFlags } from '../../io/output-flags.js';
import { isTerminal, paletteFor, print } from '../../io/terminal.js';
import { loadConfig, reportsOf, type SystemFlags, withSystem } from './load.js';

export interface LiveRunFlags extends SystemFlags, OutputFlags {
  readonly dryRun?: boolean;
  readonly exact?: boolean;
  readonly maxFaults?: number;
  readonly maxRuns?: number;
  readonly timeout?: number;
}

export const liveRun = (flags: LiveRunFlags): Promise<ExitCode> =>
  underInterrupt(
    flags.timeout,
    (interrupt) => runUnder(flags, interrupt),
    () => EXIT.inconclusive,
  );

async function runUnder(flags: LiveRunFlags, interrupt: Interrupt): Promise<ExitCode> {
  let placeOf: PromisePlace = () => undefined;
  const outputs = ExperimentOutputs.admit(
    textsOf(flags, (why) => placeOf(why)),
    flags,
    [flags.config],
  );
  if (!outputs) return EXIT.mistake;
  const subject = shown(flags.config);
  const loaded = loadConfig(flags, (spec) => outputs.writeUnread(spec));
  if (!loaded) return EXIT.mistake;
  const { config } = loaded;
  placeOf = loaded.placeOf;
  const reports = reportsOf(outputs, subject, requestName(config.entry), placeOf);
  const work = async (system: HttpSystem): Promise<ExitCode> => {
    await system.rehearse(interrupt.signal);
    return flags.dryRun
      ? dryRun(system, config, interrupt.signal)
      : search(system, config, flags, outputs, interrupt.signal);
  };
  const code = await withSystem(config, flags, work, interrupt.signal, reports);
  return code ?? EXIT.mistake;
}

/** How a result becomes texts. */
const textsOf = (flags: LiveRunFlags, placeOf: PromisePlace): Texts<LiveResult> => ({
  text: (result) => resultToText(result, paletteFor(process.stdout), next(result, flags)),
  json: resultToJson,
  page: (result) => pageOfLive(result, livePage()),
  input: (result) => liveInput(result, placeOf),
  test: (result, target) =>
    result.counterexamples.length === 0
      ? undefined
      : emitLiveTest(target.runner, result, {
          config: seenFromTest(target, flags.config),
          exclusive: flags.exclusive ?? false,
          typed: isTyped(target),
        }),
});

async function search(
  system: HttpSystem,
  config: LiveConfig,
  flags: LiveRunFlags,
  outputs: ExperimentOutputs<LiveResult>,
  signal: AbortSignal,
): Promise<ExitCode> {
  const maxFaults = flags.maxFaults ?? config.maxFaults;
  const { stderr } = process;
  const progress = liveProgress('live', isTerminal(stderr) ? stderr.columns : undefined, flags.quiet ?? false);
  const verdict = await searchLive(system, {
    maxFaults,
    maxRuns: flags.maxRuns ?? config.maxRuns,
    // What never happens is kept by any early failure: lineage proves nothing of it, and alone looks for the wrong thing.
    safety: config.never !== undefined || config.promise !== undefined,
    lineage: config.expect !== undefined || config.promise !== undefined,
    ...(flags.exact && { exact: maxFaults, insist: true }),
    signal,
    on: isTerminal(stderr) ? progress.update : undefined,
  });
  if (isTerminal(stderr)) progress.clear();
  const about = { version: version(), path: shown(flags.config), config, alike: system.alike };
  const result = resultOf(verdict, about);
  return outputs.write(result) ? liveExit(result) : EXIT.mistake;
}

/** The command to go on with. */
function next(result: LiveResult, { json, config }: LiveRunFlags): string | undefined {
  const command = (words: readonly string[]): string => commandLine(['npx', 'ldfi', 'live', ...words]);
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
