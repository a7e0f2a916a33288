/**
 * What `run` and `test` share: searching one check after another under one interrupt, with progress and a log, and
 * writing the outputs, also of what was found before something went wrong.
 */
import { answerOfParts, ask, askPart, failed, notAsked } from '../../answer/ask.js';
import { type Findings, notReached } from '../../answer/findings.js';
import type { ProtocolSubject } from '../../answer/protocol.js';
import type { Method, Subject } from '../../answer/subject.js';
import type { LdfiError } from '../../core/invariant.js';
import { visible } from '../../core/text.js';
import type { SourceFile } from '../../dedalus/ast.js';
import { version } from '../../files/package.js';
import type { Answer } from '../../report/answer.js';
import { EXIT, type ExitCode, exitOf, type Question, worst } from '../../report/meaning.js';
import type { UnreadableSpec } from '../../report/reporters/index.js';
import { toResult } from '../../report/result.js';
import type { Check } from '../../search/check.js';
import type { Cube } from '../../search/cube.js';
import type { SearchEvent } from '../../search/events.js';
import { type MethodFlags, method } from '../flags.js';
import { editedSince } from '../io/files.js';
import type { Interrupt } from '../io/interrupt.js';
import { makeLog } from '../io/logger.js';
import { type Output, type Searched, writeOutputs } from '../io/outputs.js';
import { progress, silent } from '../io/progress.js';
import { complain, errorInWords, forgetComplaints, isTerminal, OutputError } from '../io/terminal.js';
import { complainOfHandler } from '../load/handler-errors.js';
import type { Job } from '../load/load.js';
import type { ProtocolLoader } from '../load/protocols.js';

export interface SearchFlags extends MethodFlags {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly force?: boolean;
  /** How many checks are searched at once, each in a process of its own; default 1, in this one. */
  readonly jobs?: number;
  /** The URL of a queue, whose workers search. */
  readonly queue?: string;
  /** In how many parts each check is searched; default 1, as a whole. */
  readonly split?: number;
}

/** What is to be searched, and for whom. */
export interface Work {
  readonly jobs: readonly Job[];
  readonly unread: readonly UnreadableSpec[];
  readonly files: readonly SourceFile[];
  readonly question: Question;
  readonly outputs: readonly Output[];
  /** Finds out more of an answer. */
  more?(job: Job, answer: Answer): Promise<Answer>;
  /** Takes each answer in the order of the jobs. @param took how long it took to find out, in milliseconds */
  answered(job: Job, answer: Answer, took: number): void;
}

/** An answer, and how long it took to find out, in milliseconds. */
export interface Timed {
  readonly answer: Answer;
  readonly took: number;
}

/** Who searches the jobs: this process, or a pool of them. */
export interface Searcher {
  /** It will be asked for these. */
  expect?(jobs: readonly Job[]): void;
  /** It will be asked to load these. */
  expectModules?(modules: readonly { readonly path: string; readonly part: boolean }[]): void;
  /** Loads a module; undefined: whoever asks does. */
  readonly load?: ProtocolLoader;
  search(job: Job): Promise<Timed>;
  /** It will be asked for these parts of checks. */
  expectParts?(units: readonly { readonly job: Job; readonly cube: Cube }[]): void;
  /** One part of a check. @throws what keeps it from being searched */
  part(job: Job, cube: Cube): Promise<Findings>;
}

export interface Done extends Searched {
  /** Outputs that were written. */
  readonly written: readonly Output[];
  /** Whether every output that was asked for was. */
  readonly isSaved: boolean;
  readonly isInterrupted: boolean;
  /** The worst of the checks; an interrupt or a timeout counts. */
  readonly exit: ExitCode;
}

export async function searchAll(
  { jobs, answered, more, outputs, ...work }: Work,
  flags: SearchFlags,
  { signal, interrupted }: Interrupt,
  searcher?: Searcher,
): Promise<Done> {
  forgetComplaints();
  const how = method(flags, signal);
  const { search, expect } = searcher ?? (await ownSearcher(flags, how, keepsLearned(outputs)));
  const answers: Answer[] = [];
  const times: number[] = [];
  const soFar = (): Searched => {
    const checks = answers.map(({ check }) => check);
    return { ...work, answers, took: times, result: toResult(version(), flags.invariant, how.search, checks) };
  };
  let written: Output[] = [];
  try {
    expect?.(jobs);
    for (const job of jobs) {
      const { answer: found, took } = await search(job);
      const answer = more ? await more(job, found) : found;
      answers.push(answer);
      times.push(took);
      answered(job, answer, took);
    }
  } finally {
    written = writeOutputs(outputs, soFar());
  }
  for (const path of editedSince(work.files))
    complain(`warning: ${visible(path)} was edited during the run: the verdict is about what it said before\n`);
  const codes = answers.map(({ check }) => exitOf(check, work.question));
  const exit = interrupted() ? EXIT.inconclusive : worst([...codes, ...(signal.aborted ? [EXIT.inconclusive] : [])]);
  const isSaved = outputs.every((output) => output.byDefault || written.includes(output));
  return { ...soFar(), written, isSaved, isInterrupted: interrupted(), exit };
}

/** Whether what was learned of a protocol is kept. */
export const keepsLearned = (outputs: readonly Output[]): boolean => outputs.some((output) => output.keepsLearned);

/** Searches in this process. */
export interface OwnSearcher extends Searcher {
  /** The answer to a check of which the parts have been searched. */
  whole(job: Job, parts: readonly Findings[]): Promise<Timed>;
}

/**
 * Searches in this process, and says what ended a search, if something did.
 * @param keeps whether what was learned of a protocol is kept
 * @param show writes progress to stderr
 */
export async function ownSearcher(
  flags: SearchFlags,
  how: Method,
  keeps: boolean,
  show: (text: string) => void = complain,
): Promise<OwnSearcher> {
  const log = await makeLog(flags.verbose ?? false);
  const columns = isTerminal(process.stderr) && !flags.verbose ? process.stderr.columns || 80 : undefined;
  const { signal } = how.search;
  /** Work on a check that is watched. */
  async function watched<T extends { readonly error?: LdfiError | undefined }>(
    { subject, check }: Job,
    label: string,
    work: (watch: (event: SearchEvent) => void) => Promise<T>,
  ): Promise<T> {
    const bar = flags.quiet ? silent : progress(visible(label), check.bounds, columns, show);
    const watch = (event: SearchEvent): void => {
      log(label, event);
      bar.update(event);
    };
    try {
      const asked = await work(watch);
      bar.clear();
      if (asked.error && subject.kind === 'protocol') complainOfHandler(subject as ProtocolSubject, asked.error);
      return asked;
    } finally {
      bar.clear();
    }
  }
  /** One that cannot be searched does not keep the others from it. */
  async function timed({ subject, check }: Job, work: () => Promise<Answer>): Promise<Timed> {
    const start = performance.now();
    const answer = await work().catch((error: unknown) => {
      if (error instanceof OutputError) throw error;
      return complained(subject, check, errorInWords(error));
    });
    return { answer, took: performance.now() - start };
  }
  const part = async (job: Job, cube: Cube): Promise<Findings> => {
    if (signal?.aborted) return notReached();
    const { subject, check, label } = job;
    const name = `${label} (part ${cube.number} of ${cube.of})`;
    const start = performance.now();
    const { found } = await watched(job, name, (watch) => askPart(subject, check, how, cube, watch));
    return { ...found, took: performance.now() - start };
  };
  const answerOf = ({ subject, check }: Job, parts: readonly Findings[]): Promise<Answer> =>
    answerOfParts(subject, check, how, () => keeps, parts);
  return {
    part,
    whole: (job, parts) => timed(job, () => answerOf(job, parts)),
    search: (job) =>
      timed(job, async () => {
        const { subject, check, label } = job;
        const { split = 1 } = flags;
        if (signal?.aborted) return notAsked(subject, check);
        if (split > 1) return answerOf(job, await allParts(split, (cube) => part(job, cube)));
        return (await watched(job, label, (watch) => ask(subject, check, how, () => keeps, watch))).answer;
      }),
  };
}

/** The parts of a check, up to one that has failed. */
export async function allParts(of: number, part: (cube: Cube) => Promise<Findings>): Promise<Findings[]> {
  const parts: Findings[] = [];
  for (let number = 1; number <= of; number++) {
    const found = await part({ number, of });
    parts.push(found);
    if (found.verdict.stopped === 'error') break;
  }
  return parts;
}

/** The answer to a check that could not be searched, which is said. */
export function complained(subject: Subject, check: Check, reason: string, say = complain): Answer {
  say(`error: ${visible(`${subject.spec.roots.join(' ')} ${check.name}: ${reason}`)}\n`);
  return failed(subject, check, reason);
}
