/**
 * What reporters need to know of a check beyond its result: counterexamples are run again, for their timelines, diagrams and the lines to look at
 * first.
 */
import { LdfiError } from '../core/invariant.js';
import { makeBounds } from '../faults/bounds.js';
import type { ProtocolRun } from '../lineage/learned/run.js';
import { byClass } from '../report/classes.js';
import { runToMermaid } from '../report/mermaid.js';
import { type CheckDetails, type ClassDetails, MOST_CLASSES, type Place } from '../report/reporters/index.js';
import { handlerToBlame, placeInModule, placeInProgram } from '../report/reporters/locate.js';
import { breakingOf, reasonOf, sentenceOf, standingOf } from '../report/reporters/sentence.js';
import type { CheckResult, CounterexampleResult } from '../report/result.js';
import { checkToText } from '../report/text.js';
import { timeline } from '../report/timeline.js';
import type { Invariant } from '../simulator/outcome.js';
import type { Run } from '../simulator/run.js';
import { systemOf } from '../testing/check.js';
import type { ExitCode } from './exit.js';
import { promisedIn, runOf, type Subject } from './subject.js';

export interface Asked {
  /** What the check alone would make the command exit with. */
  readonly exit: ExitCode;
  /** The verdict that was asked for, if one was. */
  readonly expected: string | undefined;
  readonly invariant: Invariant;
}

export async function detailsOf(
  subject: Subject,
  check: CheckResult,
  { exit, expected, invariant }: Asked,
): Promise<CheckDetails> {
  const standing = standingOf(check, exit);
  const { run, place } = await retold(subject, check, check.counterexamples[0], invariant);
  const lines = run ? timeline(run) : [];
  const kept = check.verdict === 'holds' && subject.kind === 'dedalus';
  const promised = kept ? promisedIn(await runOf(subject, check.bounds, [], invariant)) : [];
  const classes = standing === 'failed' ? byClass(check.counterexamples) : [];
  const shown: ClassDetails[] = [];
  for (const members of classes.slice(0, MOST_CLASSES))
    shown.push(await classDetails(subject, check, members, invariant));
  return {
    standing,
    sentence: sentenceOf(check),
    reason: reasonOf(check, standing, expected),
    block: checkToText(check, { timeline: lines, promised }),
    timeline: told(run),
    place,
    mermaid: run && runToMermaid(run, makeBounds(check.bounds).nodes),
    classes: shown,
    untold: Math.max(0, classes.length - MOST_CLASSES),
  };
}

async function classDetails(
  subject: Subject,
  check: CheckResult,
  [first, ...others]: readonly [CounterexampleResult, ...CounterexampleResult[]],
  invariant: Invariant,
): Promise<ClassDetails> {
  const { run, place } = await retold(subject, check, first, invariant);
  const number = check.counterexamples.indexOf(first) + 1;
  return { number, alike: others.length, sentence: breakingOf(first, check), timeline: told(run), place };
}

const told = (run: Run | ProtocolRun | undefined): string[] =>
  run ? timeline(run).map(({ tick, text }) => `tick ${tick}: ${text}`) : [];

/** The run of a counterexample, and where to look; where to look at all if there is none. */
async function retold(
  subject: Subject,
  check: CheckResult,
  found: CounterexampleResult | undefined,
  invariant: Invariant,
): Promise<{ run?: Run | ProtocolRun; place: Place }> {
  if (subject.kind === 'dedalus') {
    const run = found && ((await runOf(subject, check.bounds, found.faults, invariant)) as Run);
    return { ...(run && { run }), place: placeInProgram(subject.program, check, run) };
  }
  const { files, protocol } = subject;
  if (!found) return { place: placeInModule(files, protocol.name, handlerIn(check.detail) ?? checkOf(check)) };
  try {
    const run = await systemOf(protocol, check.bounds).trace(found.faults);
    return { run, place: placeInModule(files, protocol.name, handlerToBlame(run, protocol.nodes)) };
  } catch (error) {
    // Handlers that do what they must not may do so at any run; the search has said it.
    if (!(error instanceof LdfiError)) throw error;
    return { place: placeInModule(files, protocol.name, handlerIn(error.message)) };
  }
}

/** The handler that an error begins with. */
const handlerIn = (message = ''): 'init' | 'onMessage' | 'onTimer' | undefined =>
  (/\b(init|onMessage|onTimer)\b/.exec(message)?.[1] as 'init' | 'onMessage' | 'onTimer' | undefined) ?? undefined;

const checkOf = ({ verdict }: CheckResult): 'check' | undefined => (verdict === 'vacuous' ? 'check' : undefined);
