/**
 * `ldfi live replay RESULT -c FILE`: the counterexamples of a result again, on the services as they are now.
 */
import { LdfiError } from '../../../core/invariant.js';
import { visible } from '../../../core/text.js';
import type { HttpSystem } from '../../../live/http/system.js';
import { type LiveResult, resultFromJson } from '../../../live/report/result.js';
import { faultInWords } from '../../../live/report/words.js';
import { EXIT, type ExitCode, worst } from '../../../report/meaning.js';
import { readText, shown } from '../../io/files.js';
import { underInterrupt } from '../../io/interrupt.js';
import { complain, paletteFor, print } from '../../io/terminal.js';
import { loadConfig, type SystemFlags, withSystem } from './load.js';

export interface LiveReplayFlags extends SystemFlags {
  readonly times: number;
  readonly timeout?: number;
}

export const liveReplay = (path: string, flags: LiveReplayFlags): Promise<ExitCode> =>
  underInterrupt(
    flags.timeout,
    async ({ signal }) => {
      const result = readLiveResult(path);
      const config = result && loadConfig(flags);
      if (!result || !config) return EXIT.mistake;
      if (result.counterexamples.length === 0) {
        complain(`error: ${visible(shown(path))} has no counterexample\n`);
        return EXIT.mistake;
      }
      const code = await withSystem(config, flags, (system) => replayAll(system, result, flags.times, signal));
      return code ?? EXIT.mistake;
    },
    () => EXIT.inconclusive,
  );

function readLiveResult(path: string): LiveResult | undefined {
  const read = readText(path);
  try {
    if (read.ok) return resultFromJson(read.text);
    complain(`error: cannot read ${visible(shown(path))}: ${read.reason}\n`);
  } catch (error) {
    if (!(error instanceof LdfiError)) throw error;
    complain(`error: ${visible(shown(path))}: ${visible(error.message)}\n`);
  }
  return undefined;
}

async function replayAll(
  system: HttpSystem,
  { counterexamples }: LiveResult,
  times: number,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { red, green, yellow, bold } = paletteFor(process.stdout);
  await system.rehearse(signal);
  const baseline = await system.run([], signal);
  if (baseline.outcome.kind === 'bad' || baseline.problems.length > 0) {
    const why = baseline.outcome.kind === 'bad' ? baseline.outcome.why : baseline.problems;
    print(`${yellow('! without faults the promise is broken already')}: ${visible(why.join('; '))}\n`);
    return EXIT.falseGreen;
  }
  const codes: ExitCode[] = [];
  for (const [i, { faults, run: before }] of counterexamples.entries()) {
    print(`${bold(`Counterexample ${i + 1} of ${counterexamples.length}`)}\n`);
    for (const fault of faults) print(`  ${visible(faultInWords(fault, before))}\n`);
    let [broken, missed] = [0, 0];
    for (let time = 0; time < times; time++) {
      const run = await system.run(faults, signal);
      if (run.fired.length < faults.length || run.problems.length > 0) missed++;
      else if (run.outcome.kind === 'bad') broken++;
    }
    const [code, line] =
      broken > 0
        ? [EXIT.counterexample, red(`✗ still broken, ${broken} of ${times}`)]
        : missed > 0
          ? [
              EXIT.inconclusive,
              yellow(`! the faults did not all happen, in ${missed} of ${times}: run \`ldfi live run\``),
            ]
          : [EXIT.ok, green(`✓ the promise holds, ${times} of ${times}; run \`ldfi live run\` to search for others`)];
    codes.push(code);
    print(`  ${line}\n`);
  }
  return worst(codes);
}
