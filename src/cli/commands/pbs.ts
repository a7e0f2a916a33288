/**
 * `ldfi pbs`: how stale reads of a partial quorum are, by closed forms and by sampling.
 */
import { availableParallelism } from 'node:os';
import { LdfiError } from '../../core/invariant.js';
import { stalenessPage, version } from '../../files/package.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { type StalenessResult, stalenessToJson, toStaleness } from '../../report/staleness/schema.js';
import { stalenessToText } from '../../report/staleness/text.js';
import { measure } from '../../staleness/measure.js';
import { type Interrupt, underInterrupt } from '../io/interrupt.js';
import { admitted, isStdoutFree, type Output, printPlaces, writeOutputs } from '../io/outputs.js';
import { complain, paletteFor, print } from '../io/terminal.js';
import { makeSamples } from '../jobs/samplers.js';
import { loadLatency } from '../load/latency.js';

export interface PbsFlags {
  readonly n: number;
  readonly r: number;
  readonly w: number;
  readonly model: string;
  readonly samples: number;
  readonly seed: number;
  readonly k: number;
  readonly writesPerRead: number;
  readonly jobs?: number;
  readonly json?: string;
  readonly html?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

export const pbs = (flags: PbsFlags): Promise<ExitCode> =>
  underInterrupt(
    undefined,
    (interrupt) => pbsUnder(flags, interrupt),
    () => EXIT.inconclusive,
  );

async function pbsUnder(flags: PbsFlags, { signal }: Interrupt): Promise<ExitCode> {
  const { n, r, w, samples, seed, quiet = false } = flags;
  for (const [flag, value] of [['--r', r] as const, ['--w', w] as const])
    if (value > n) throw new LdfiError('bad-options', `${flag} ${value} is more than the ${n} replicas of --n`);
  const model = loadLatency(flags.model);
  const outputs = model && admitted(outputsOf(flags), [flags.model], flags.force);
  if (!model || !outputs) return EXIT.mistake;
  const plan = { quorum: { n, r, w }, model, samples, seed };
  const made = await untilAborted(makeSamples(plan, flags.jobs ?? availableParallelism(), signal), signal);
  if (!made) return EXIT.inconclusive;
  const about = { versions: flags.k, writesPerRead: flags.writesPerRead };
  const result = toStaleness(version(), plan, about, measure(made));
  const speaks = !quiet && isStdoutFree(outputs);
  if (speaks) print(stalenessToText(result, paletteFor(process.stdout)));
  const written = writeOutputs(outputs, result);
  if (speaks) printPlaces(written);
  return written.length < outputs.length ? EXIT.mistake : EXIT.ok;
}

/** Undefined, and a complaint, if it was interrupted: a part of the samples says nothing. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    complain('error: it was stopped before all samples were made; ask for fewer with --samples\n');
    return undefined;
  }
}

function outputsOf({ json, html }: PbsFlags): Output<StalenessResult>[] {
  const all = [
    { flag: '--json', label: 'JSON', path: json, text: stalenessToJson },
    { flag: '--html', label: 'Page', path: html, text: stalenessPage },
  ];
  return all.flatMap(({ path, ...output }) => (path === undefined ? [] : [{ ...output, path }]));
}
