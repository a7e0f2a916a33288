/**
 * `ldfi live replay RESULT -c FILE`: the counterexamples of a result again, on the services as they are now.
 */
import { version } from '../../../files/package.js';
import { replayOnServices } from '../../../live/http/replay.js';
import type { HttpSystem } from '../../../live/http/system.js';
import { replayInput } from '../../../live/replay/checks.js';
import { type ReplayResult, replayExit, replayResult, replayToJson } from '../../../live/replay/result.js';
import { replayToText } from '../../../live/replay/text.js';
import { type PromisePlace, requestName } from '../../../live/report/checks.js';
import { resultFromJson } from '../../../live/report/result.js';
import { faultInWords } from '../../../live/report/words.js';
import { EXIT, type ExitCode } from '../../../report/meaning.js';
import { ExperimentOutputs } from '../../io/experiment-outputs.js';
import { shown } from '../../io/files.js';
import { underInterrupt } from '../../io/interrupt.js';
import type { OutputFlags } from '../../io/output-flags.js';
import { paletteFor } from '../../io/terminal.js';
import { loadConfig, reportsOf, type SystemFlags, withSystem } from './load.js';
import { resultToReplay } from './load-result.js';

export interface LiveReplayFlags extends SystemFlags, OutputFlags {
  readonly times: number;
  readonly timeout?: number;
}

export const liveReplay = (path: string, flags: LiveReplayFlags): Promise<ExitCode> =>
  underInterrupt(
    flags.timeout,
    ({ signal }) => replayUnder(path, flags, signal),
    () => EXIT.inconclusive,
  );

async function replayUnder(path: string, flags: LiveReplayFlags, signal: AbortSignal): Promise<ExitCode> {
  const before = resultToReplay(path, resultFromJson);
  const loaded = before && loadConfig(flags);
  const outputs = loaded && ExperimentOutputs.admit(textsOfReplay(loaded.placeOf), flags, [path, flags.config]);
  if (!before || !loaded || !outputs) return EXIT.mistake;
  const sets = before.counterexamples.map(({ faults, run }) =>
    faults.map((fault) => ({ ...fault, words: faultInWords(fault, run) })),
  );
  const subject = shown(flags.config);
  const work = async (system: HttpSystem): Promise<ExitCode> => {
    const replay = await replayOnServices(system, sets, { times: flags.times, signal });
    const result = replayResult(replay, { origin: 'live', subject, sets }, version());
    return outputs.write(result) ? replayExit(result) : EXIT.mistake;
  };
  const reports = reportsOf(outputs, subject, requestName(before.entry), loaded.placeOf);
  const code = await withSystem(loaded.config, flags, work, signal, reports);
  return code ?? EXIT.mistake;
}

/** How a replay becomes texts. @param placeOf where a promise stands */
export const textsOfReplay = (placeOf: PromisePlace) => ({
  text: (result: ReplayResult) => replayToText(result, paletteFor(process.stdout)),
  json: replayToJson,
  input: (result: ReplayResult) => replayInput(result, placeOf),
});
