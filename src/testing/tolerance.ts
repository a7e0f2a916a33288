/**
 * Does a protocol tolerate the faults within bounds, or one scenario? The answer, and the words in which a test fails.
 *
 * Three answers, not two: what says nothing (nothing promised, broken without faults, stopped early) is neither a yes nor a no.
 */
import { LdfiError } from '../core/invariant.js';
import { firstGiven, makeBounds } from '../faults/bounds.js';
import type { Bounds, Fault, Scenario } from '../faults/fault.js';
import { admit, smallestBounds } from '../faults/scenario.js';
import type { ProtocolRun } from '../lineage/learned/run.js';
import { isProtocol } from '../protocol/define.js';
import { refuseLate } from '../protocol/late.js';
import type { AnyProtocol } from '../protocol/types.js';
import type { Verdict } from '../search/verdict.js';
import { type CheckOptions, type GivenBounds, knownBounds, systemOf } from './check.js';
import { brokenInWords, keptInWords, nothingInWords } from './message.js';
import { type Reported, type ReportOptions, saveReport } from './save.js';
import { verdictOf } from './verdict.js';

export interface ToleranceOptions extends CheckOptions, ReportOptions {}

/** `yes`: nothing breaks it; `no`: something does; `neither`: this says nothing. */
export interface Answer {
  readonly kind: 'yes' | 'no' | 'neither';
  /** Why, in several lines; writes the report of what broke. */
  message(): string;
}

/**
 * Searches within bounds.
 * @param file the test file, if known
 * @throws LdfiError for anything but a protocol, for bounds that make no sense, and for handlers that do what they must not
 */
export async function tolerates(
  given: unknown,
  bounds: GivenBounds,
  options: ToleranceOptions = {},
  file?: string,
): Promise<Answer> {
  const protocol = protocolOf(given);
  const { lineage, reports, ...how } = options;
  const system = systemOf(protocol, knownBounds(bounds), lineage === undefined ? {} : { lineage });
  const verdict = await verdictOf(system, how);
  const kind = verdict.kind === 'holds' ? 'yes' : verdict.kind === 'violated' ? 'no' : 'neither';
  const asked = { protocol, bounds: system.space.bounds, verdict, notice: system.fallback, file };
  return {
    kind,
    message: () => {
      if (kind === 'yes') return keptInWords(asked);
      const [first] = verdict.counterexamples;
      const run = first && system.plain(first.faults);
      const report = saveReport(asked, reports === undefined ? {} : { reports });
      return kind === 'no' && run ? brokenInWords(asked, run, report) : nothingInWords(asked, run, report);
    },
  };
}

/** Runs one scenario. Bounds that are left out are the smallest that admit it. */
export function survives(
  given: unknown,
  faults: readonly Fault[],
  bounds: GivenBounds = {},
  options: ReportOptions = {},
  file?: string,
): Answer {
  const protocol = protocolOf(given);
  const all = admitting(protocol, faults, knownBounds(bounds));
  const scenario = admit(faults, all);
  const system = systemOf(protocol, all);
  const good = system.simulate([]);
  const run = system.simulate(scenario);
  refuseLate(protocol);
  system.judgeAgain(good);
  const broken = run.outcome.kind === 'violated';
  // Broken without faults, the scenario is not what breaks it; promised nothing and not broken, it says nothing.
  const says = good.outcome.kind === 'holds' || (broken && (good.outcome.kind === 'vacuous' || scenario.length === 0));
  const told = says ? run : good;
  const asked: Reported = {
    protocol,
    bounds: system.space.bounds,
    scenario,
    verdict: verdictOfRun(says ? (broken ? 'violated' : 'holds') : kindOfGood(good), told),
    notice: undefined,
    file,
  };
  return {
    kind: says ? (broken ? 'no' : 'yes') : 'neither',
    message: () => {
      if (says && !broken) return keptInWords(asked);
      const report = saveReport(asked, options);
      return says ? brokenInWords(asked, run, report) : nothingInWords(asked, told, report);
    },
  };
}

function protocolOf(given: unknown): AnyProtocol {
  if (isProtocol(given)) return given;
  throw new LdfiError(
    'bad-protocol',
    `what is expected of is no protocol but ${given === null ? 'null' : typeof given}: make one with defineProtocol`,
  );
}

/** The bounds given, and for the others the smallest that admit the faults; the end of time is that of the protocol's first check if it is late enough. */
function admitting(protocol: AnyProtocol, faults: readonly Fault[], given: GivenBounds): Bounds {
  const smallest = smallestBounds(faults);
  const eot = Math.max(firstGiven(protocol.checks[0]).eot, smallest.eot);
  return makeBounds({ ...smallest, eot, nodes: protocol.nodes, ...given });
}

const kindOfGood = ({ outcome }: ProtocolRun): Verdict['kind'] =>
  outcome.kind === 'violated' ? 'violated-failure-free' : 'vacuous';

/** One run as a verdict, for its report. */
function verdictOfRun(kind: Verdict['kind'], { scenario, outcome }: ProtocolRun): Verdict {
  const found: { readonly faults: Scenario } = { faults: scenario };
  const { witnesses } = outcome;
  return {
    kind,
    counterexamples: outcome.kind === 'violated' ? [{ ...found, witnesses, minimality: [], class: 1 }] : [],
    complete: false,
    stopped: 'first',
    detail: undefined,
    promises: undefined,
    warnings: [],
    statistics: { executions: 2, minimalityRuns: 0, lineage: undefined, variables: 0, clauses: 0, solverCalls: 0 },
  };
}
