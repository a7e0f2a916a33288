/**
 * One question of the playground and its answer, by the way that the command line goes: load, resolve the check,
 * search, explain. It runs in a worker.
 */
import { ask } from '../answer/ask.js';
import { DedalusSubject } from '../answer/dedalus.js';
import { usualMethod } from '../answer/subject.js';
import type { SourceFile } from '../dedalus/ast.js';
import { loadProgram } from '../dedalus/load.js';
import { memoryReader } from '../dedalus/reader.js';
import { answerToText } from '../report/formats/text.js';
import { type ReportModel, reportModel } from '../report/model.js';
import { toResult } from '../report/result.js';
import type { BoundOverrides } from '../search/check.js';
import { checksOf, problemOf } from './checks.js';

export interface Question {
  /** The version of `ldfi` that the result names. */
  readonly version: string;
  /** All files of the program. */
  readonly files: readonly SourceFile[];
  /** Path of the one that includes the others. */
  readonly root: string;
  /** Which of the program's checks, from 0. */
  readonly check: number;
  /** Each one given replaces that bound of the check. */
  readonly bounds: BoundOverrides;
}

export type Answered =
  | {
      readonly model: ReportModel;
      /** The same as the terminal tells it. */
      readonly text: string;
    }
  | { readonly problem: string };

/**
 * Searches a check.
 * @param signal ends the search; the answer has what was found until then
 */
export async function answerTo(question: Question, signal: AbortSignal): Promise<Answered> {
  const { version, files, root, check: number, bounds } = question;
  const reader = memoryReader(Object.fromEntries(files.map(({ path, text }) => [path, text])));
  const { program, files: read } = loadProgram([root], reader);
  if (!program) return { problem: 'there are mistakes in the spec' };
  const subject = new DedalusSubject(program, read, [root]);
  const checks = checksOf(program, read, root, bounds);
  if ('problem' in checks) return checks;
  const check = checks.checks[number];
  if (!check) return { problem: 'there is no such check' };
  try {
    const method = usualMethod(signal);
    const { answer } = await ask(subject, check, method, () => false);
    const result = toResult(version, method.invariant, method.search, [answer.check]);
    return { model: reportModel(result, read), text: answerToText(answer) };
  } catch (error) {
    return problemOf(error);
  }
}
