/**
 * The process that runs a check for the language server, so that whatever it does, and however long it takes, the
 * editor goes on. It is told once what to run, answers once, and ends with the server.
 */
import { resolve } from 'node:path';
import { ask } from '../../answer/ask.js';
import { DedalusSubject } from '../../answer/dedalus.js';
import type { ProtocolSubject } from '../../answer/protocol.js';
import { type Subject, usualMethod } from '../../answer/subject.js';
import { problemsInWords } from '../../core/invariant.js';
import { visible } from '../../core/text.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import { loadProgram } from '../../dedalus/load.js';
import { locate } from '../../dedalus/locate.js';
import { formatScenario } from '../../faults/scenario.js';
import { pageOf, version } from '../../files/package.js';
import { verdictInShort } from '../../report/formats/short.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { type CheckResult, toResult } from '../../report/result.js';
import { complain, errorInWords } from '../io/terminal.js';
import { handlerDiagnostics } from '../load/handler-errors.js';
import { loadSubjects } from '../load/load.js';
import { isModule } from '../load/modules.js';
import { ALL_CHECKS, type Answer, type Mistake, NO_CHECK, type Outcome, type Request, request } from './messages.js';
import { editorReader } from './reader.js';

/** Counterexamples and warnings that are told one by one. */
const MOST_DETAILS = 20;

export function checkForServer(): Promise<ExitCode> {
  if (!process.send) {
    complain('error: only `ldfi lsp` starts this\n');
    return Promise.resolve(EXIT.mistake);
  }
  process.once('disconnect', () => process.exit(EXIT.inconclusive));
  return new Promise((done) => {
    process.once('message', async (message) => {
      const answer = await answerTo(message);
      process.send?.(answer, () => done(EXIT.ok));
    });
  }).then(() => {
    process.disconnect();
    return EXIT.ok;
  });
}

async function answerTo(message: unknown): Promise<Answer> {
  try {
    return await run(request.parse(message));
  } catch (error) {
    return { problem: errorInWords(error), mistakes: [] };
  }
}

async function run({ path, key, seconds, texts }: Request): Promise<Answer> {
  const found = isModule(path) ? await modules(path) : program(path, new Map(texts));
  if ('problem' in found) return found;
  if (key === NO_CHECK) return { outcomes: [], html: '', files: [], mistakes: [] };
  const jobs = found.subjects.flatMap((subject) => subject.checks({}).map((check) => ({ subject, check })));
  const isMeant = isModule(path)
    ? ({ check }: (typeof jobs)[number]): boolean => check.name === key
    : (_: unknown, i: number): boolean => String(i) === key;
  const meant = key === ALL_CHECKS ? jobs : jobs.filter(isMeant);
  if (meant.length === 0) return { problem: `there is no check ${key} any more`, mistakes: [] };
  const signal = AbortSignal.timeout(seconds * 1000);
  const how = usualMethod(signal);
  const results: CheckResult[] = [];
  const mistakes: Mistake[] = [];
  for (const { subject, check } of meant) {
    const { answer, error } = await ask(subject, check, how, () => true);
    results.push(answer.check);
    if (error && subject.kind === 'protocol')
      mistakes.push(...mistakesIn(handlerDiagnostics(subject as ProtocolSubject, error), subject.files));
  }
  const files = found.subjects.flatMap((subject) => subject.files);
  return {
    outcomes: results.map(outcomeOf),
    html: pageOf(toResult(version(), 'strict', how.search, results), files),
    files: [...new Map(files.map(({ path: file, text }) => [resolve(file), text]))],
    mistakes: [...new Map(mistakes.map((one) => [JSON.stringify(one), one])).values()],
  };
}

type Found = { readonly subjects: readonly Subject[] } | { readonly problem: string; readonly mistakes: Mistake[] };

function program(path: string, texts: ReadonlyMap<string, string>): Found {
  const {
    program: loaded,
    files,
    diagnostics,
  } = loadProgram(
    [path],
    editorReader((id) => texts.get(id)),
  );
  if (loaded) return { subjects: [new DedalusSubject(loaded, files, [path])] };
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  // The server tells them itself, as they are typed.
  return { problem: `it has mistakes: ${visible(problemsInWords(errors.slice(0, 3)))}`, mistakes: [] };
}

async function modules(path: string): Promise<Found> {
  const { subjects, unread, diagnostics, files } = await loadSubjects([path], { quiet: true });
  if (subjects) return { subjects };
  const problem = visible(unread.problems.map(({ message }) => message).join('; '));
  return { problem, mistakes: mistakesIn(diagnostics, files) };
}

/** Diagnostics at their places, as editors count: from 0. */
function mistakesIn(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]): Mistake[] {
  return diagnostics.map(({ code, message, hint, span }) => {
    const placeOf = (offset: number): Mistake['range']['start'] => {
      const { line, column } = locate(files, { ...span, start: offset });
      return { line: line - 1, character: column - 1 };
    };
    return {
      path: resolve(files[span.file]?.path ?? ''),
      range: { start: placeOf(span.start), end: placeOf(span.end) },
      code,
      message: visible(message) + (hint === undefined ? '' : `\nhelp: ${visible(hint)}`),
    };
  });
}

function outcomeOf(check: CheckResult): Outcome {
  const found = check.counterexamples.map(({ faults }) => formatScenario(faults));
  const warnings = (check.warnings ?? []).map(({ message }) => `warning: ${message}`);
  const details = [...found, ...warnings, ...(check.notice === undefined ? [] : [check.notice])];
  const more = details.length > MOST_DETAILS ? [`and ${details.length - MOST_DETAILS} more`] : [];
  return {
    name: check.name,
    words: verdictInShort(check),
    details: [...details.slice(0, MOST_DETAILS), ...more].map(visible),
  };
}
