/**
 * Does a protocol tolerate the faults within bounds, or one scenario? The answer, and the words in which a test fails.
 *
 * What says nothing (nothing promised, broken without faults, stopped early) is neither a yes nor a no.
 */
import { ask } from '../answer/ask.js';
import { ProtocolSubject } from '../answer/protocol.js';
import { tellStories } from '../answer/stories.js';
import { LdfiError } from '../core/invariant.js';
import { type Awaitable, atOnce, type Work, whenDone } from '../core/work.js';
import { firstGiven, makeBounds } from '../faults/bounds.js';
import type { Bounds, Fault, Scenario } from '../faults/fault.js';
import { admit, smallestBounds } from '../faults/scenario.js';
import type { ProtocolRun } from '../lineage/learned/run.js';
import type { ProtocolSystem } from '../lineage/learned/system.js';
import { isProtocol } from '../protocol/define.js';
import { refuseUseAfterReturn } from '../protocol/guards/use-after-return.js';
import type { Runnable } from '../protocol/host-of.js';
import { isSystem } from '../protocol/system/define.js';
import type { Answer } from '../report/answer.js';
import { type Keeps, keeps } from '../report/meaning.js';
import { learnNow } from '../report/provenance/learned/knowledge.js';
import { checkResult } from '../report/result.js';
import type { Verdict } from '../search/verdict.js';
import { type CheckOptions, type GivenBounds, knownBounds, systemOf } from './check.js';
import { brokenInWords, keptInWords, nothingInWords } from './message.js';
import { type ReportOptions, saveReport, sourceOf } from './save.js';

export interface ToleranceOptions extends CheckOptions, ReportOptions {}

/** Whether the promise is kept. */
export interface Tolerance {
  readonly kind: Keeps;
  /** Why, in several lines; writes the report of what broke. */
  message(): string;
}

/**
 * Searches within bounds.
 * @param file the test file, if known
 * @throws LdfiError for anything but a protocol, for bounds that make no sense, and for handlers that do what they must
 * not
 */
export async function tolerates(
  given: unknown,
  bounds: GivenBounds,
  options: ToleranceOptions = {},
  file?: string,
): Promise<Tolerance> {
  const protocol = protocolOf(given);
  const { lineage, reports, ...search } = options;
  const subject = subjectOf(protocol, file, lineage === undefined ? {} : { lineage });
  const all = makeBounds({ ...firstGiven(knownBounds(bounds)), nodes: protocol.nodes });
  const method = { lineage: 'auto', invariant: 'strict', search } as const;
  const isKept = reports !== false;
  const asked = await ask(subject, { ...CHECK, bounds: all }, method, ({ verdict }) => isKept && verdict !== 'holds');
  if (asked.error) throw asked.error;
  return told(subject, asked.answer, undefined, reports === undefined ? {} : { reports });
}

/**
 * Runs one scenario. Bounds that are left out are the smallest that admit it.
 * @returns at once for a protocol; a promise for an asynchronous system
 */
export function survives(
  given: unknown,
  faults: readonly Fault[],
  bounds: GivenBounds = {},
  options: ReportOptions = {},
  file?: string,
): Awaitable<Tolerance> {
  const protocol = protocolOf(given);
  const work = surviving(protocol, faults, bounds, options, file);
  return isSystem(protocol) ? whenDone(work) : atOnce(work);
}

function* surviving(
  protocol: Runnable,
  faults: readonly Fault[],
  bounds: GivenBounds,
  options: ReportOptions,
  file: string | undefined,
): Work<Tolerance> {
  const all = admitting(protocol, faults, knownBounds(bounds));
  const scenario = admit(faults, all);
  const subject = subjectOf(protocol, file);
  const system = systemOf(protocol, all);
  const good = yield* system.running([]);
  const run = yield* system.running(scenario);
  if (isProtocol(protocol)) refuseUseAfterReturn(protocol);
  yield* system.judgingAgain(good);
  const before = good.outcome.kind;
  const broken = run.outcome.kind === 'violated';
  // Broken without faults, the scenario is not what breaks it; promised nothing and not broken, it says nothing.
  const says = before === 'holds' || (broken && (before === 'vacuous' || scenario.length === 0));
  const verdict = says
    ? verdictOfRun(broken ? 'violated' : 'holds', run)
    : verdictOfRun(before === 'violated' ? 'violated-failure-free' : 'vacuous', good);
  return told(subject, answerOf(subject, system, verdict, says ? run : good), scenario, options);
}

const CHECK = { name: 'check', expect: undefined } as const;

/** @param file the test file, which may well define the protocol */
function subjectOf(
  protocol: Runnable,
  file: string | undefined,
  options: Pick<CheckOptions, 'lineage'> = {},
): ProtocolSubject {
  const files = sourceOf(file);
  const open = (bounds: Bounds) => systemOf(protocol, bounds, options);
  return new ProtocolSubject(protocol, files, files[0]?.path ?? protocol.name, true, open);
}

function told(
  subject: ProtocolSubject,
  answer: Answer,
  scenario: Scenario | undefined,
  options: ReportOptions,
): Tolerance {
  const kind = keeps(answer.check.verdict);
  const message = (): string => {
    if (kind === 'yes') return keptInWords(answer, scenario);
    const report = saveReport(answer, subject.files, scenario, options);
    return kind === 'no' ? brokenInWords(answer, scenario, report) : nothingInWords(answer, report);
  };
  return { kind, message };
}

function protocolOf(given: unknown): Runnable {
  if (isProtocol(given) || isSystem(given)) return given;
  throw new LdfiError(
    'bad-protocol',
    `what is expected of is no protocol but ${given === null ? 'null' : typeof given}: make one with defineProtocol or defineSystem`,
  );
}

/**
 * The bounds given, and for the others the smallest that admit the faults; the end of time is that of the protocol's
 * first check if it is late enough.
 */
function admitting(protocol: Runnable, faults: readonly Fault[], given: GivenBounds): Bounds {
  const smallest = smallestBounds(faults);
  const eot = Math.max(firstGiven(protocol.checks[0]).eot, smallest.eot);
  return makeBounds({ ...smallest, eot, nodes: protocol.nodes, ...given });
}

/** One run as a verdict, for its report. */
function verdictOfRun(kind: Verdict['kind'], { scenario, outcome }: ProtocolRun): Verdict {
  const { witnesses } = outcome;
  const found = { faults: scenario, witnesses, minimality: [], class: 1 };
  return {
    kind,
    counterexamples: outcome.kind === 'violated' ? [found] : [],
    complete: false,
    stopped: 'first',
    detail: undefined,
    promises: undefined,
    warnings: [],
    statistics: { executions: 2, minimalityRuns: 0, lineage: undefined, variables: 0, clauses: 0, solverCalls: 0 },
  };
}

function answerOf(subject: ProtocolSubject, system: ProtocolSystem, verdict: Verdict, run: ProtocolRun): Answer {
  const result = checkResult(subject.spec, { ...CHECK, bounds: system.space.bounds }, verdict);
  const place = subject.place(result, run);
  const isBroken = verdict.counterexamples.length > 0;
  const learned = isBroken ? learnNow(system, result) : undefined;
  const told = learned && !('missing' in learned) ? tellStories(subject.explained(learned, result), result) : result;
  return {
    check: learned ? { ...told, learned } : result,
    shown: isBroken ? [{ number: 1, alike: 0, run: subject.tell(run), place }] : [],
    promised: [],
    place,
  };
}
