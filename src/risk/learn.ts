/**
 * What there is to know of a system before its risk is counted: when the promise is known to hold, and some
 * counterexamples where that is not all there is to know.
 */
import { FALSE, type Formula } from '../core/circuit.js';
import { LdfiError } from '../core/invariant.js';
import type { Scenario } from '../faults/fault.js';
import { oracleOf } from '../lineage/oracle.js';
import type { Lineage, LineageSize, System, SystemRun } from '../lineage/port.js';
import { paced } from '../search/paced.js';
import { search } from '../search/search.js';

/** Rounds in which lineage that is not exact may find out some more. */
const MOST_ROUNDS = 100;

export interface Effort {
  /** Executions of a search for counterexamples. */
  readonly executions: number;
  readonly signal: AbortSignal | undefined;
}

export interface Known<R extends SystemRun> {
  /** Undefined where a limit was hit. */
  readonly lineage: Lineage<R> | undefined;
  readonly size: LineageSize | undefined;
  /** True only of scenarios in which the promise holds; of all of them if `exact`. */
  readonly holds: Formula;
  readonly exact: boolean;
  /** Those that were found on the way. */
  readonly counterexamples: readonly Scenario[];
}

/** Lineage; where that is not exact by itself, a search teaches it. */
export async function learn<R extends SystemRun>(system: System<R>, effort: Effort): Promise<Known<R>> {
  const oracle = await oracleOf(system.space);
  try {
    const lineage = await drained(system.lineage(oracle), effort.signal);
    let holds = lineage.known;
    for (let round = 0; !lineage.exact && lineage.extend && round < MOST_ROUNDS; round++)
      holds = await drained(lineage.extend(), effort.signal);
    const taught = (more: Formula): void => {
      holds = system.space.circuit.or([holds, more]);
    };
    const counterexamples = lineage.exact ? [] : await found(system, effort, lineage, taught);
    return { lineage, size: { ...lineage.size }, holds, exact: lineage.exact, counterexamples };
  } catch (error) {
    if (!(error instanceof LdfiError) || !error.code.startsWith('limit-')) throw error;
    return { lineage: undefined, size: undefined, holds: FALSE, exact: false, counterexamples: [] };
  } finally {
    oracle.dispose();
  }
}

/**
 * Counterexamples of a search of so many executions.
 * @param lineage that is there already
 * @param learned is told what runs teach
 */
export async function found<R extends SystemRun>(
  system: System<R>,
  { executions, signal }: Effort,
  lineage: Lineage<R> | undefined,
  learned: (holds: Formula) => void = () => undefined,
): Promise<Scenario[]> {
  const told = lineage && telling(lineage, learned);
  const searched: System<R> = {
    space: system.space,
    defect: system.defect,
    run: (scenario, stop) => system.run(scenario, stop),
    behaviour: (run) => system.behaviour(run),
    lineage: (oracle) => (told ? ready(told) : system.lineage(oracle)),
  };
  const all: Scenario[] = [];
  for await (const event of search(searched, { maxExecutions: executions, ...(signal && { signal }) }))
    if (event.kind === 'counterexample') all.push(event.counterexample.faults);
  signal?.throwIfAborted();
  return all;
}

/** Lineage that tells what runs teach. */
const telling = <R extends SystemRun>(lineage: Lineage<R>, learned: (holds: Formula) => void): Lineage<R> => ({
  get size() {
    return lineage.size;
  },
  get exact() {
    return lineage.exact;
  },
  get known() {
    return lineage.known;
  },
  get promises() {
    return lineage.promises;
  },
  async learn(run, signal) {
    const holds = await lineage.learn(run, signal);
    learned(holds);
    return holds;
  },
});

// biome-ignore lint/correctness/useYield: there is nothing left to do.
async function* ready<T>(value: T): AsyncGenerator<never, T> {
  return value;
}

async function drained<T>(
  steps: AsyncGenerator<{ readonly tick: number; readonly work: number }, T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const rested = paced(steps, signal);
  let step = await rested.next();
  while (!step.done) step = await rested.next();
  return step.value;
}
