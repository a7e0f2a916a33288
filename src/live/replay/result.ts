/**
 * What came of trying saved counterexamples again: the result that text, JSON and reporters are made of. The same for
 * services and for programs.
 */
import type { Experiment, LiveFault } from '../../experiments/experiment.js';
import type { Replay, ReplayStanding } from '../../experiments/replay.js';
import { EXIT, type ExitCode, worst } from '../../report/meaning.js';
import { printableJson } from '../../report/result.js';

/** A fault, and how people call it. */
interface NamedFault extends LiveFault {
  readonly words: string;
}

/** What is replayed. */
export interface ReplaySubject {
  readonly origin: 'live' | 'nodes';
  /** What it is: the configuration's file, or the program and its arguments. */
  readonly subject: string;
  /** Of the counterexamples that are tried. */
  readonly sets: readonly (readonly NamedFault[])[];
}

export interface ReplayResult {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'ldfi'; readonly version: string };
  readonly kind: 'replay';
  readonly of: 'live' | 'nodes';
  readonly subject: string;
  /** Why the promise is broken without any fault. */
  readonly broken: readonly string[];
  /** Why nothing can be told, or why not all was tried. */
  readonly reasons: readonly string[];
  readonly stopped: boolean;
  readonly experiments: number;
  readonly counterexamples: readonly {
    readonly faults: readonly NamedFault[];
    readonly standing: ReplayStanding;
    /** How often it was tried, broke the promise, and did not happen in full. */
    readonly times: number;
    readonly broken: number;
    readonly missed: number;
    readonly why: readonly string[];
  }[];
}

export type ReplayedCounterexample = ReplayResult['counterexamples'][number];

export const replayResult = <E extends Experiment>(
  { broken, reasons, isStopped, experiments, replayed }: Replay<E>,
  { origin, subject, sets }: ReplaySubject,
  version: string,
): ReplayResult => ({
  schemaVersion: 1,
  tool: { name: 'ldfi', version },
  kind: 'replay',
  of: origin,
  subject,
  broken,
  reasons,
  stopped: isStopped,
  experiments,
  counterexamples: replayed.map(({ standing, times, broken, missed, why }, i) => ({
    faults: (sets[i] ?? []).map(({ call, kind, words }) => ({ call, kind, words })),
    ...{ standing, times, broken, missed, why },
  })),
});

export const EXITS: Readonly<Record<ReplayStanding, ExitCode>> = {
  broken: EXIT.counterexample,
  kept: EXIT.ok,
  missed: EXIT.inconclusive,
  'not-tried': EXIT.inconclusive,
};

/** What is broken without faults says nothing of the faults. */
export function replayExit({ broken, reasons, stopped, counterexamples }: ReplayResult): ExitCode {
  if (broken.length > 0) return EXIT.falseGreen;
  const doubtful = reasons.length > 0 || stopped ? [EXIT.inconclusive] : [];
  return worst([...counterexamples.map(({ standing }) => EXITS[standing]), ...doubtful]);
}

export const replayToJson = (result: ReplayResult): string =>
  `${printableJson(JSON.stringify(result, undefined, 2))}\n`;
