/**
 * The lineage-driven strategy: Φ = bounds ∧ ¬H ∧ no superset of a counterexample found, in one incremental solver.
 *
 * A smallest model of Φ is the next hypothesis. If its run is violated it is a minimal counterexample: every smaller violated set
 * would be a smaller model, because H is sound. If it holds, its lineage joins H. Φ unsatisfiable: there is nothing more within the bounds.
 * With exact lineage: fewest faults first until the first counterexample, then subset-minimal in any order, which is cheaper. A minimum
 * that takes the solver too long is given up for a subset-minimal hypothesis. As long as lineage grows, hypotheses are subset-minimal from the start:
 * the larger ones teach more per run. All that changes the order of what is found, never the set.
 */
import { invariant } from '../core/invariant.js';
import type { Scenario } from '../faults/fault.js';
import { oracleOf } from '../lineage/oracle.js';
import type { Lineage, LineageStep, SystemRun } from '../lineage/port.js';
import { createCadical } from '../solver/cadical.js';
import type { Oracle } from '../solver/oracle.js';
import { SmallestModels } from '../solver/smallest.js';
import { Encoder } from '../solver/tseitin.js';
import type { SearchEvent } from './events.js';
import { pause } from './pause.js';
import type { Session } from './session.js';

/** Atoms grounded between two turns of the event loop; a turn is not free while WebAssembly is being compiled. */
const STRETCH = 2_000;

/** Conflicts between two looks at the abort signal. */
const SLICE = 2_000;

/** Slices spent on minimum hypotheses in one search before subset-minimal ones have to do. */
const MINIMUM_SLICES = 30;

export async function* lineageSearch<R extends SystemRun>(
  session: Session<R>,
  failureFree: R,
): AsyncGenerator<SearchEvent> {
  const oracle = await oracleOf(session.system.space);
  try {
    yield* searchWith(session, failureFree, oracle);
  } finally {
    oracle.dispose();
  }
}

async function* searchWith<R extends SystemRun>(
  session: Session<R>,
  failureFree: R,
  oracle: Oracle,
): AsyncGenerator<SearchEvent> {
  const lineage = yield* unhurried(session, session.system.lineage(oracle));
  if (lineage === 'aborted') return yield session.conclude('aborted');
  session.lineage = lineage;
  yield { kind: 'lineage', size: lineage.size };
  const solver = await createCadical();
  session.solver = solver;
  try {
    yield* solve(session, lineage, failureFree, new Hypotheses(session, solver));
  } finally {
    solver.dispose();
  }
}

/** Goes through long work with pauses, in which an abort is seen. */
async function* unhurried<R extends SystemRun, T>(
  session: Session<R>,
  steps: Generator<LineageStep, T>,
): AsyncGenerator<SearchEvent, T | 'aborted'> {
  let step = steps.next();
  for (let rested = 0; !step.done; step = steps.next()) {
    const { tick, work } = step.value;
    yield { kind: 'ground', tick };
    if (work - rested > STRETCH) {
      rested = work;
      await pause();
    }
    if (session.options.signal?.aborted) return 'aborted';
  }
  return step.value;
}

async function* solve<R extends SystemRun>(
  session: Session<R>,
  lineage: Lineage<R>,
  failureFree: R,
  hypotheses: Hypotheses<R>,
): AsyncGenerator<SearchEvent> {
  hypotheses.exclude(lineage.known);
  if (!lineage.exact) hypotheses.exclude(lineage.learn(failureFree));
  for (;;) {
    const next = await hypotheses.next();
    if (next === 'exhausted') return yield session.conclude(undefined);
    const stopped = next === 'aborted' ? 'aborted' : session.mustStop();
    if (stopped || next === 'aborted') return yield session.conclude(stopped);
    yield { kind: 'hypothesis', scenario: next };
    const run = session.run(next);
    yield session.runEvent(run);
    const violated = run.outcome.kind === 'violated';
    invariant(violated || !lineage.exact, 'exact lineage predicts outcomes');
    // Recording runs further scenarios, which may teach as well.
    const event = violated ? session.record(run) : undefined;
    if (violated) hypotheses.block(next);
    if (!lineage.exact) hypotheses.exclude(lineage.learn(run));
    if (event) yield event;
    if (lineage.exact || !lineage.ponder) continue;
    const known = yield* unhurried(session, lineage.ponder());
    if (known === 'aborted') return yield session.conclude('aborted');
    hypotheses.exclude(known);
  }
}

/** Smallest models of Φ as scenarios. */
class Hypotheses<R extends SystemRun> {
  private readonly encoder: Encoder;
  private readonly models: SmallestModels;
  private readonly literals: readonly number[];
  private readonly indexes: ReadonlyMap<number, number>;
  private slices = 0;

  constructor(
    private readonly session: Session<R>,
    solver: NonNullable<Session<R>['solver']>,
  ) {
    const { space } = session.system;
    this.encoder = new Encoder(space.circuit, solver);
    this.literals = space.faults.map((_, index) => this.encoder.variable(index));
    this.indexes = new Map(this.literals.map((literal, index) => [literal, index]));
    this.models = new SmallestModels(solver, this.literals);
    this.encoder.assert(space.admissible);
  }

  /** Scenarios in which `formula` is true are of no more interest. */
  exclude(formula: number): void {
    this.encoder.assert(-formula);
  }

  /** Neither is any superset of a counterexample. */
  block(scenario: Scenario): void {
    const { space } = this.session.system;
    this.models.block(
      scenario.map((fault) => this.literals[space.circuit.variableOf(space.variable(fault))] as number),
    );
  }

  async next(): Promise<Scenario | 'exhausted' | 'aborted'> {
    for (;;) {
      const { counterexamples, lineage } = this.session;
      const smallest = lineage?.exact === true && counterexamples.length === 0 && this.slices < MINIMUM_SLICES;
      const mode = smallest ? 'minimum' : 'minimal';
      const result = this.models.next(mode, SLICE);
      if (result.kind === 'unsatisfiable') return 'exhausted';
      if (result.kind === 'model') {
        if (this.session.executions % 32 === 0) await pause();
        return this.session.system.space.scenario(result.faults.map((literal) => this.indexes.get(literal) as number));
      }
      this.slices++;
      await pause();
      if (this.session.options.signal?.aborted) return 'aborted';
    }
  }
}
