/**
 * `ldfi nodes --workload NAME -- PROGRAM ARGS…`: which message a program cannot afford to lose.
 */
import { availableParallelism } from 'node:os';
import { LdfiError } from '../../core/invariant.js';
import { visibleLines } from '../../core/text.js';
import { livePage, version } from '../../files/package.js';
import { askNodes } from '../../live/nodes/ask.js';
import { faultsFrom, kindsFrom } from '../../live/nodes/faults.js';
import { nodesPage } from '../../live/nodes/report/page.js';
import { nodesToJson } from '../../live/nodes/report/result.js';
import type { NodesResult } from '../../live/nodes/report/schema.js';
import { nodesExit, nodesToText } from '../../live/nodes/report/text.js';
import { WORKLOADS } from '../../live/nodes/workloads/index.js';
import type { WorkloadName } from '../../live/nodes/workloads/names.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { type Interrupt, underInterrupt } from '../io/interrupt.js';
import { liveProgress } from '../io/live-progress.js';
import { admitted, isStdoutFree, type Output, printPlaces, saveText } from '../io/outputs.js';
import { complain, isTerminal, paletteFor, print } from '../io/terminal.js';

/** Most experiments at once, if nothing else is said: each is as many processes as there are nodes. */
const MOST_AT_ONCE = 4;

export interface NodesFlags {
  readonly workload: WorkloadName;
  readonly nodes: number;
  readonly faults: string;
  readonly maxFaults?: number;
  readonly maxRuns: number;
  readonly exact?: boolean;
  readonly first?: boolean;
  readonly inject?: string;
  readonly tickMs: number;
  readonly eff?: number;
  readonly eot?: number;
  readonly parallel?: number;
  readonly timeout?: number;
  readonly json?: string;
  readonly html?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

export const nodes = (program: readonly string[], flags: NodesFlags): Promise<ExitCode> =>
  underInterrupt(
    flags.timeout,
    (interrupt) => nodesUnder(program, flags, interrupt),
    () => EXIT.inconclusive,
  );

async function nodesUnder(program: readonly string[], flags: NodesFlags, interrupt: Interrupt): Promise<ExitCode> {
  const { quiet = false } = flags;
  const outputs = admitted(outputsOf(flags), [], flags.force);
  if (!outputs) return EXIT.mistake;
  const { stderr } = process;
  const progress = liveProgress(`nodes ${flags.workload}`, isTerminal(stderr) ? stderr.columns : undefined, quiet);
  let result: NodesResult;
  try {
    result = await askNodes({ ...optionsOf(program, flags), signal: interrupt.signal, on: progress.update });
  } catch (error) {
    progress.clear();
    if (!(error instanceof LdfiError)) throw error;
    complain(`error: ${visibleLines(error.message)}\n`);
    return EXIT.mistake;
  }
  progress.clear();
  if (!quiet && isStdoutFree(outputs)) print(nodesToText(result, paletteFor(process.stdout)));
  const isSaved = outputs.every(({ flag, path }) =>
    saveText(path, flag === '--json' ? nodesToJson(result) : nodesPage(result, livePage()), 'error'),
  );
  if (!isSaved) return EXIT.mistake;
  if (!quiet && isStdoutFree(outputs)) printPlaces(outputs);
  return interrupt.interrupted() ? EXIT.inconclusive : nodesExit(result);
}

/** @throws LdfiError 'bad-options' */
function optionsOf(program: readonly string[], flags: NodesFlags) {
  const { maxFaults, maxRuns, exact, first, tickMs, eff, eot, inject } = flags;
  if (eot !== undefined && eff !== undefined && eot < eff)
    throw new LdfiError('bad-options', `--eot ${eot} is before --eff ${eff}: the nodes need time after the last fault`);
  const faults = inject === undefined ? undefined : faultsFrom(inject);
  const kinds = kindsFrom(flags.faults);
  const wanted = faults?.map(({ kind }) => kind).filter((kind) => !kinds.includes(kind)) ?? [];
  return {
    question: {
      command: program,
      nodes: Array.from({ length: flags.nodes }, (_, i) => `n${i}`),
      workload: WORKLOADS[flags.workload],
      kinds: [...kinds, ...new Set(wanted)],
      ...{ tickMs, eff, eot },
    },
    version: version(),
    parallel: flags.parallel ?? Math.min(MOST_AT_ONCE, availableParallelism()),
    ...{ maxFaults, maxRuns },
    ...(exact && { exact }),
    ...(first && { first }),
    ...(faults && { inject: faults }),
  };
}

function outputsOf({ json, html }: NodesFlags): Output[] {
  const output = (flag: string, label: string, path: string | undefined): Output[] =>
    path === undefined ? [] : [{ flag, label, path, text: () => '' }];
  return [...output('--json', 'JSON', json), ...output('--html', 'Report', html)];
}
