/**
 * What reporters need to know of a check beyond its result: the first counterexample is run again, for its timeline, its diagram and the line to
 * look at first.
 */
import { LdfiError } from '../core/invariant.js';
import { loadProgram } from '../dedalus/load.js';
import { locate } from '../dedalus/locate.js';
import { makeBounds } from '../faults/bounds.js';
import type { ProtocolRun } from '../lineage/learned/run.js';
import { runToMermaid } from '../report/mermaid.js';
import type { CheckDetails, Place, Unread } from '../report/reporters/index.js';
import { handlerToBlame, placeInModule, placeInProgram, Senders } from '../report/reporters/locate.js';
import { reasonOf, sentenceOf, standingOf } from '../report/reporters/sentence.js';
import type { CheckResult } from '../report/result.js';
import { checkToText } from '../report/text.js';
import { timeline } from '../report/timeline.js';
import type { Invariant } from '../simulator/outcome.js';
import type { Run } from '../simulator/run.js';
import { systemOf } from '../testing/check.js';
import type { ExitCode } from './exit.js';
import { fileReader, shown } from './files.js';
import { isModule } from './modules.js';
import { loadProtocols } from './protocols.js';
import { promisedIn, runOf, type Subject } from './subject.js';

export interface Asked {
  /** What the check alone would make the command exit with. */
  readonly exit: ExitCode;
  /** The verdict that was asked for, if one was. */
  readonly expected: string | undefined;
  readonly invariant: Invariant;
}

export function detailsOf(subject: Subject, check: CheckResult, { exit, expected, invariant }: Asked): CheckDetails {
  const standing = standingOf(check, exit);
  const { run, place } = retold(subject, check, invariant);
  const lines = run ? timeline(run) : [];
  const kept = check.verdict === 'holds' && subject.kind === 'dedalus';
  const promised = kept ? promisedIn(runOf(subject, check.bounds, [], invariant)) : [];
  return {
    standing,
    sentence: sentenceOf(check),
    reason: reasonOf(check, standing, expected),
    block: checkToText(check, { timeline: lines, promised }),
    timeline: lines.map(({ tick, text }) => `tick ${tick}: ${text}`),
    place,
    mermaid: run && runToMermaid(run, makeBounds(check.bounds).nodes),
  };
}

/** The run of the first counterexample, and where to look. */
function retold(subject: Subject, check: CheckResult, invariant: Invariant): { run?: Run | ProtocolRun; place: Place } {
  const [first] = check.counterexamples;
  if (subject.kind === 'dedalus') {
    const run = first && (runOf(subject, check.bounds, first.faults, invariant) as Run);
    return { ...(run && { run }), place: placeInProgram(subject.program, check, run) };
  }
  const { files, protocol } = subject;
  if (!first) return { place: placeInModule(files, protocol.name, handlerIn(check.detail) ?? checkOf(check)) };
  const senders = new Senders();
  try {
    const run = systemOf(protocol, check.bounds).plain(first.faults, senders.observer);
    return { run, place: placeInModule(files, protocol.name, handlerToBlame(run, senders)) };
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

/** Why a spec could not be used: its diagnostics, or the reason given. */
export async function unreadSpec(paths: readonly string[], reason: string | undefined): Promise<Unread> {
  const path = paths.map(shown).join(' ');
  const whole: Place = { file: shown(paths[0] ?? ''), line: 1, column: 1 };
  if (reason !== undefined) return { path, problems: [{ message: reason, place: whole }] };
  const { diagnostics, files } = paths.some(isModule)
    ? await loadProtocols(paths.find(isModule) ?? '')
    : loadProgram(paths, fileReader);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const problems = errors.map(({ message, span }) => {
    const { path: file, line, column } = locate(files, span);
    return { message, place: file === '' ? whole : { file, line, column } };
  });
  const unsaid = { message: 'its checks cannot be run; the log says why', place: whole };
  return { path, problems: problems.length > 0 ? problems : [unsaid] };
}
