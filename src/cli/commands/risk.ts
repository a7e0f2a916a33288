/**
 * `ldfi risk FILE…`: how probable it is that each check's promise breaks, given the rates of single faults.
 */
import { LdfiError } from '../../core/invariant.js';
import { version } from '../../files/package.js';
import { type CheckRisk, risksToJson, riskToText } from '../../report/formats/risk.js';
import { EXIT, type ExitCode, worst } from '../../report/meaning.js';
import { defaultRates, type Rates } from '../../risk/rates.js';
import { risk as riskOf } from '../../risk/risk.js';
import type { Invariant } from '../../simulator/outcome.js';
import { type BoundFlags, boundOverrides } from '../flags.js';
import { type Interrupt, underInterrupt } from '../io/interrupt.js';
import { admitted, isStdoutFree, type Output, printPlaces, saveText } from '../io/outputs.js';
import { errorInWords, paletteFor, print } from '../io/terminal.js';
import { complainOfSearch } from '../load/handler-errors.js';
import { type Job, jobsOf, loadSubjects, named } from '../load/load.js';

export interface RiskFlags extends BoundFlags {
  readonly check?: string;
  readonly rates?: Rates;
  readonly method: 'auto' | 'sampling';
  readonly samples: number;
  readonly seed: number;
  readonly lineage: 'auto' | 'total' | 'run';
  readonly invariant: Invariant;
  readonly timeout?: number;
  readonly json?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

export const risk = (paths: readonly string[], flags: RiskFlags): Promise<ExitCode> =>
  underInterrupt(
    flags.timeout,
    (interrupt) => riskUnder(paths, flags, interrupt),
    () => EXIT.inconclusive,
  );

async function riskUnder(paths: readonly string[], flags: RiskFlags, interrupt: Interrupt): Promise<ExitCode> {
  const { json, quiet = false, rates = defaultRates() } = flags;
  const { signal } = interrupt;
  const { subjects, files } = await loadSubjects(paths, { quiet, signal });
  const lists = subjects?.map((subject) => jobsOf(subject, boundOverrides(flags), quiet));
  if (!lists?.every((jobs) => jobs !== undefined)) return EXIT.mistake;
  const jobs = named(lists.flat(), flags.check);
  if (!jobs) return EXIT.mistake;
  const checks: CheckRisk[] = [];
  const all: Output[] =
    json === undefined
      ? []
      : [
          {
            flag: '--json',
            label: 'JSON',
            path: json,
            text: () => risksToJson(version(), flags.invariant, rates, checks),
          },
        ];
  const outputs = admitted(all, [...paths, ...files.map(({ path }) => path)], flags.force);
  if (!outputs) return EXIT.mistake;
  const speaks = !quiet && isStdoutFree(outputs);
  const codes: ExitCode[] = [];
  for (const job of jobs) {
    const { check, exit } = await found(job, { ...flags, rates }, signal);
    checks.push(check);
    codes.push(exit);
    if (speaks) print(riskToText(check, rates, paletteFor(process.stdout)));
  }
  const isSaved = outputs.every(({ path }) =>
    saveText(path, risksToJson(version(), flags.invariant, rates, checks), 'error'),
  );
  if (speaks && isSaved) printPlaces(outputs);
  if (interrupt.interrupted()) return EXIT.inconclusive;
  return isSaved ? worst(codes) : EXIT.mistake;
}

interface Found {
  readonly check: CheckRisk;
  readonly exit: ExitCode;
}

async function found(
  { subject, check }: Job,
  flags: RiskFlags & { rates: Rates },
  signal: AbortSignal,
): Promise<Found> {
  const { name, bounds } = check;
  const about = { name, spec: subject.spec, bounds };
  const without = (reason: string, exit: ExitCode): Found => ({ check: { ...about, risk: undefined, reason }, exit });
  const late = 'stopped by an interrupt or the timeout';
  if (signal.aborted) return without(late, EXIT.inconclusive);
  try {
    const system = subject.system(bounds, flags);
    if (system.defect) return without('the spec has no post: nothing can be promised', EXIT.falseGreen);
    const { rates, method, samples, seed } = flags;
    const result = await riskOf(system, { rates, method, samples, seed, signal });
    return { check: { ...about, risk: result, reason: undefined }, exit: exitOf(result) };
  } catch (error) {
    if (signal.aborted && error === signal.reason) return without(late, EXIT.inconclusive);
    complainOfSearch(subject, name, error);
    const isLimit = error instanceof LdfiError && error.code.startsWith('limit-');
    return without(errorInWords(error), isLimit ? EXIT.inconclusive : EXIT.mistake);
  }
}

/** As those of `run`: that nothing broke is a proof only if it was counted. */
function exitOf(result: Awaited<ReturnType<typeof riskOf>>): ExitCode {
  if (result.failureFree === 'violated') return EXIT.falseGreen;
  if (result.isPossible) return EXIT.counterexample;
  if (result.method === 'sampling') return EXIT.inconclusive;
  return result.failureFree === 'vacuous' ? EXIT.falseGreen : EXIT.ok;
}
