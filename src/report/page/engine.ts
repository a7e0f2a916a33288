/**
 * What the page knows of a check: its result, its sources, and the provenance of its runs: of a Dedalus program, which
 * the page runs itself, or of a protocol, of which it has the learned transitions. Of a protocol that cannot be
 * learned there is the result alone.
 */

import { translate } from '../../bloom/translate/program.js';
import { getOrMake } from '../../core/memo.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import { loadProgram } from '../../dedalus/load.js';
import type { Program } from '../../dedalus/program.js';
import { memoryReader } from '../../dedalus/reader.js';
import type { Bounds, Scenario } from '../../faults/fault.js';
import { formatScenario, problemsOf } from '../../faults/scenario.js';
import { DedalusSystem } from '../../lineage/ground/system.js';
import type { SavedCheck } from '../commands.js';
import type { ReportModel } from '../model.js';
import type { Case, Provenance } from '../provenance/case.js';
import { DedalusProvenance } from '../provenance/dedalus/provenance.js';
import { LearnedProvenance } from '../provenance/learned/provenance.js';
import { handlerSource } from '../provenance/learned/source.js';
import { runView } from '../provenance/run-view.js';
import type { RunView, Source } from '../provenance/views.js';
import type { SpecFiles } from '../result.js';
import type { CheckResult, Result } from '../schema.js';
import { counterexampleOf } from './command.js';
import { widerFor, without } from './whatif.js';

export interface Engine {
  readonly result: Result;
  readonly check: CheckResult;
  /** Where the check is in the file of the result, if there is one. */
  readonly saved: SavedCheck | undefined;
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined for a protocol. */
  readonly program: Program | undefined;
  /** Where the promise is written down, if that is one place. */
  readonly promise: Source | undefined;
  /** Why nothing can be tried out in the page, if so. */
  readonly closed: string | undefined;
  readonly provenance: Provenance | undefined;
  /** The same within other bounds, for scenarios that lie outside those of the check. */
  within(bounds: Bounds): Provenance | undefined;
}

/** @throws Error if the spec in the report does not load */
export function makeEngine({ result, files, learned, saved: file }: ReportModel, index: number): Engine {
  const check = result.checks[index];
  if (!check) throw new Error('the report has no such check');
  const saved = file && { path: file.path, name: file.names[index] ?? check.name };
  if (check.spec.kind !== 'protocol') {
    const { program, diagnostics } = programIn(check.spec, files);
    if (!program) throw new Error(diagnostics.map(({ message }) => message).join('; '));
    const within = (bounds: Bounds): Provenance => {
      const system = new DedalusSystem(program, bounds, { invariant: result.invariant });
      return new DedalusProvenance(system) as unknown as Provenance;
    };
    const all = { result, check, saved, files: program.files, diagnostics, program, promise: undefined };
    return { ...all, closed: undefined, provenance: within(check.bounds), within };
  }
  const known = learned?.[index] ?? { missing: 'nothing was learned of its handlers' };
  const own = files.filter(({ path }) => check.spec.files.includes(path));
  const name = check.spec.protocol ?? '';
  const all = { result, check, saved, files: own, diagnostics: [], program: undefined };
  const more = { ...all, promise: handlerSource(own, name, 'check') };
  if ('missing' in known) return { ...more, closed: known.missing, provenance: undefined, within: () => undefined };
  const within = (bounds: Bounds): Provenance =>
    new LearnedProvenance(known, bounds, own, name) as unknown as Provenance;
  return { ...more, closed: undefined, provenance: within(check.bounds), within };
}

/** The program of a spec, from the texts that the report has. */
function programIn({ roots, bloom, files: own }: SpecFiles, files: readonly SourceFile[]): ProgramIn {
  if (bloom)
    return translate(
      bloom,
      files.filter(({ path }) => own.includes(path)),
    );
  return loadProgram(roots, memoryReader(Object.fromEntries(files.map(({ path, text }) => [path, text]))));
}

type ProgramIn = Pick<ReturnType<typeof loadProgram>, 'program' | 'diagnostics'>;

export const caseOf = (engine: Engine, scenario: Scenario): Case | undefined =>
  provenanceFor(engine, scenario)?.case(scenario);

const WIDER = new WeakMap<Engine, Map<string, Provenance | undefined>>();

/** That of the check, or of wider bounds where the scenario lies outside those. */
function provenanceFor(engine: Engine, scenario: Scenario): Provenance | undefined {
  const { bounds } = engine.check;
  if (problemsOf(scenario, bounds).length === 0) return engine.provenance;
  const wide = widerFor(scenario, bounds);
  const known = getOrMake(WIDER, engine, () => new Map());
  return wide && getOrMake(known, JSON.stringify(wide), () => engine.within(wide));
}

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
