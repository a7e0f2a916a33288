/**
 * `ldfi nodes --workload NAME -- PROGRAM ARGS…`: which message a program cannot afford to lose.
 */
import { availableParallelism } from 'node:os';
import { LdfiError } from '../../core/invariant.js';
import { visible, visibleLines } from '../../core/text.js';
import { livePage, version } from '../../files/package.js';
import { failedCheck, stoppedCheck } from '../../live/checks.js';
import { askNodes } from '../../live/nodes/ask.js';
import { emitNodesTest } from '../../live/nodes/emit.js';
import { faultsFrom, kindsFrom } from '../../live/nodes/faults.js';
import { replayOnNodes } from '../../live/nodes/replay.js';
import { nodesInput } from '../../live/nodes/report/checks.js';
import { nodesPage } from '../../live/nodes/report/page.js';
import { nodesToJson } from '../../live/nodes/report/result.js';
import { type NodesResult, nodesFromJson } from '../../live/nodes/report/schema.js';
import { inSentence, nodesExit, nodesToText } from '../../live/nodes/report/text.js';
import { WORKLOADS } from '../../live/nodes/workloads/index.js';
import type { WorkloadName } from '../../live/nodes/workloads/names.js';
import { replayExit, replayResult } from '../../live/replay/result.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { ExperimentOutputs, isTyped, seenFromTest, type Texts } from '../io/experiment-outputs.js';
import { type Interrupt, underInterrupt } from '../io/interrupt.js';
import { type LiveProgress, liveProgress } from '../io/live-progress.js';
import type { OutputFlags } from '../io/output-flags.js';
import { complain, isTerminal, paletteFor } from '../io/terminal.js';
import { resultToReplay } from './live/load-result.js';
import { textsOfReplay } from './live/replay.js';

/** Most experiments at once, if nothing else is said: each is as many processes as there are nodes. */
const MOST_AT_ONCE = 4;

export interface NodesFlags extends OutputFlags {
  readonly workload?: WorkloadName;
  readonly nodes: number;
  readonly faults: string;
  readonly maxFaults?: number;
  readonly maxRuns: number;
  readonly exact?: boolean;
  readonly first?: boolean;
  readonly inject?: string;
  /** A saved result whose counterexamples are to be tried again. */
  readonly replay?: string;
  readonly times: number;
  readonly tickMs?: number;
  readonly eff?: number;
  readonly eot?: number;
  readonly parallel?: number;
  readonly timeout?: number;
}

/** Milliseconds of a tick, if nothing else is said. */
const TICK_MS = 20;

export const nodes = (program: readonly string[], flags: NodesFlags): Promise<ExitCode> =>
  underInterrupt(
    flags.timeout,
    (interrupt) =>
      flags.replay === undefined
        ? searchUnder(program, flags, interrupt)
        : replayUnder(program, flags.replay, flags, interrupt),
    () => EXIT.inconclusive,
  );

async function searchUnder(program: readonly string[], flags: NodesFlags, interrupt: Interrupt): Promise<ExitCode> {
  const { workload } = flags;
  if (workload === undefined) {
    complain("error: say what clients ask for: --workload <name>; or --replay <file> for a saved result's faults\n");
    return EXIT.mistake;
  }
  const outputs = ExperimentOutputs.admit(TEXTS, flags, []);
  if (!outputs) return EXIT.mistake;
  const result = await watched({ program, workload, signal: interrupt.signal }, flags, outputs, (on) =>
    askNodes({ ...optionsOf(program, workload, flags), signal: interrupt.signal, on }),
  );
  if (!result || !outputs.write(result)) return EXIT.mistake;
  return interrupt.interrupted() ? EXIT.inconclusive : nodesExit(result);
}

/** The program is the one on the command line, whatever the result says: a file never names code to run. */
async function replayUnder(
  program: readonly string[],
  path: string,
  flags: NodesFlags,
  interrupt: Interrupt,
): Promise<ExitCode> {
  const { times, parallel, tickMs } = flags;
  const before = resultToReplay(path, nodesFromJson);
  const outputs =
    before &&
    ExperimentOutputs.admit(
      textsOfReplay(() => undefined),
      flags,
      [path],
    );
  if (!before || !outputs) return EXIT.mistake;
  const { bounds, counterexamples } = before;
  const sets = counterexamples.map(({ faults }) => faults.map((it) => ({ ...it, words: inSentence(it.words) })));
  const setup = {
    ...{ program, workload: before.workload as WorkloadName, nodes: bounds.nodes.length },
    ...{ tickMs: tickMs ?? bounds.tickMs, eff: bounds.eff, eot: bounds.eot },
  };
  const replay = await watched({ program, workload: before.workload, signal: interrupt.signal }, flags, outputs, (on) =>
    replayOnNodes(setup, sets, { times, parallel: parallelOf(parallel), signal: interrupt.signal, on }),
  );
  if (!replay) return EXIT.mistake;
  const result = replayResult(replay, { origin: 'nodes', subject: program.join(' '), sets }, version());
  if (!outputs.write(result)) return EXIT.mistake;
  return interrupt.interrupted() ? EXIT.inconclusive : replayExit(result);
}

/** What is worked at, and what stops it. */
interface Watched {
  readonly program: readonly string[];
  readonly workload: string;
  readonly signal: AbortSignal;
}

/** Does some work with its progress on stderr; undefined, and a complaint to people and reports, if it cannot be done. */
async function watched<T, R>(
  { program, workload, signal }: Watched,
  { quiet = false }: NodesFlags,
  outputs: ExperimentOutputs<R>,
  work: (on: LiveProgress['update']) => Promise<T>,
): Promise<T | undefined> {
  const { stderr } = process;
  const progress = liveProgress(`nodes ${visible(workload)}`, isTerminal(stderr) ? stderr.columns : undefined, quiet);
  try {
    return await work(progress.update);
  } catch (error) {
    const subject = program.join(' ');
    if (signal.aborted) outputs.writeCheck(stoppedCheck(subject, workload));
    if (!(error instanceof LdfiError)) throw error;
    progress.clear();
    complain(`error: ${visibleLines(error.message)}\n`);
    const [first = ''] = error.message.split('\n');
    if (!signal.aborted) outputs.writeCheck(failedCheck(subject, workload, first));
    return undefined;
  } finally {
    progress.clear();
  }
}

/** How a result becomes texts. */
const TEXTS: Texts<NodesResult> = {
  text: (result) => nodesToText(result, paletteFor(process.stdout)),
  json: nodesToJson,
  page: (result) => nodesPage(result, livePage()),
  input: nodesInput,
  test: (result, target) =>
    result.counterexamples.length === 0
      ? undefined
      : emitNodesTest(target.runner, result, seenFromTest(target, '.').replace(/\/?$/, '/'), isTyped(target)),
};

const parallelOf = (given: number | undefined): number => given ?? Math.min(MOST_AT_ONCE, availableParallelism());

/** @throws LdfiError 'bad-options' */
function optionsOf(program: readonly string[], workload: WorkloadName, flags: NodesFlags) {
  const { maxFaults, maxRuns, exact, first, tickMs = TICK_MS, eff, eot, inject } = flags;
  if (eot !== undefined && eff !== undefined && eot < eff)
    throw new LdfiError('bad-options', `--eot ${eot} is before --eff ${eff}: the nodes need time after the last fault`);
  const faults = inject === undefined ? undefined : faultsFrom(inject);
  const kinds = kindsFrom(flags.faults);
  const wanted = faults?.map(({ kind }) => kind).filter((kind) => !kinds.includes(kind)) ?? [];
  return {
    question: {
      command: program,
      nodes: Array.from({ length: flags.nodes }, (_, i) => `n${i}`),
      workload: WORKLOADS[workload],
      kinds: [...kinds, ...new Set(wanted)],
      ...{ tickMs, eff, eot },
    },
    version: version(),
    parallel: parallelOf(flags.parallel),
    ...{ maxFaults, maxRuns },
    ...(exact && { exact }),
    ...(first && { first }),
    ...(faults && { inject: faults }),
  };
}
