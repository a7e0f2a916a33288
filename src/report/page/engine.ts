/**
 * What the page knows of a check: its result, its sources, and the provenance of its runs: of a Dedalus program, which
 * the page runs itself, or of a protocol, of which it has the learned transitions. Of a protocol that cannot be
 * learned there is the result alone.
 */
import type { SourceFile } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import { loadProgram } from '../../dedalus/load.js';
import { memoryReader } from '../../dedalus/reader.js';
import type { Scenario } from '../../faults/fault.js';
import { formatScenario } from '../../faults/scenario.js';
import { DedalusSystem } from '../../lineage/ground/system.js';
import type { ReportModel } from '../model.js';
import type { Case, Provenance } from '../provenance/case.js';
import { DedalusProvenance } from '../provenance/dedalus/provenance.js';
import { LearnedProvenance } from '../provenance/learned/provenance.js';
import { handlerSource } from '../provenance/learned/source.js';
import { runView } from '../provenance/run-view.js';
import type { RunView, Source } from '../provenance/views.js';
import type { CheckResult, Result } from '../schema.js';
import { counterexampleOf } from './command.js';
import { without } from './whatif.js';

export interface Engine {
  readonly result: Result;
  readonly check: CheckResult;
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Where the promise is written down, if that is one place. */
  readonly promise: Source | undefined;
  /** Why nothing can be tried out in the page, if so. */
  readonly closed: string | undefined;
  readonly provenance: Provenance | undefined;
}

/** @throws Error if the spec in the report does not load */
export function makeEngine({ result, files, learned }: ReportModel, index: number): Engine {
  const check = result.checks[index];
  if (!check) throw new Error('the report has no such check');
  if (check.spec.kind !== 'protocol') {
    const reader = memoryReader(Object.fromEntries(files.map(({ path, text }) => [path, text])));
    const { program, diagnostics } = loadProgram(check.spec.roots, reader);
    if (!program) throw new Error(diagnostics.map(({ message }) => message).join('; '));
    const system = new DedalusSystem(program, check.bounds, { invariant: result.invariant });
    const provenance = new DedalusProvenance(system) as unknown as Provenance;
    return { result, check, files: program.files, diagnostics, promise: undefined, closed: undefined, provenance };
  }
  const known = learned?.[index] ?? { missing: 'nothing was learned of its handlers' };
  const own = files.filter(({ path }) => check.spec.files.includes(path));
  const name = check.spec.protocol ?? '';
  const more = { result, check, files: own, diagnostics: [], promise: handlerSource(own, name, 'check') };
  if ('missing' in known) return { ...more, closed: known.missing, provenance: undefined };
  const provenance = new LearnedProvenance(known, check.bounds, own, name) as unknown as Provenance;
  return { ...more, closed: undefined, provenance };
}

export const caseOf = ({ provenance }: Engine, scenario: Scenario): Case | undefined => provenance?.case(scenario);

export function viewOf(engine: Engine, scenario: Scenario): RunView {
  const it = caseOf(engine, scenario);
  return it ? runView(it) : resultView(engine.check, scenario);
}

/** What a run comes to, without a look at how. */
export const outcomeOf = (engine: Engine, scenario: Scenario): RunView['outcome'] =>
  caseOf(engine, scenario)?.run.outcome ?? resultView(engine.check, scenario).outcome;

/** A run of which only the outcome may be known. */
function resultView(check: CheckResult, scenario: Scenario): RunView {
  const { bounds, counterexamples, explored = [], verdict } = check;
  const found = counterexamples[counterexampleOf(check, scenario)];
  // The outcome of a run of the search, or of one that showed that a fault is needed.
  const less = counterexamples.flatMap(({ faults, minimality }) =>
    minimality.map((one) => ({ faults: without(faults, one.without), outcome: one.outcome })),
  );
  const key = formatScenario(scenario);
  const seen = [...explored, ...less].find(({ faults }) => formatScenario(faults) === key)?.outcome;
  const kind = found ? 'violated' : (seen ?? (verdict === 'holds' ? 'holds' : undefined));
  return {
    kind: 'protocol',
    scenario,
    nodes: bounds.nodes,
    eot: bounds.eot,
    messages: [],
    events: [],
    outcome: kind
      ? { kind, witnesses: found?.witnesses ?? [], readingsDiffer: false }
      : { kind: 'unknown', witnesses: [], readingsDiffer: false, gap: undefined },
    kept: new Map(),
    divergence: undefined,
  };
}
