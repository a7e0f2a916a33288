/**
 * `ldfi run FILE…`: Dedalus files together are one program, and every protocol of a module is one; every check is
 * searched, printed and saved.
 */
import type { Subject } from '../../answer/subject.js';
import { visible } from '../../core/text.js';
import { type BoundName, firstGiven } from '../../faults/bounds.js';
import type { Answer } from '../../report/answer.js';
import { namesOf } from '../../report/check-names.js';
import { fixCommand, replayCommand } from '../../report/commands.js';
import { answerToText, resultsInWords } from '../../report/formats/text.js';
import { EXIT, type ExitCode, worst } from '../../report/meaning.js';
import { inputOf } from '../../report/reporters/index.js';
import { type BoundFlags, boundOverrides } from '../flags.js';
import { type CertificateOutput, certificateOutput, type Holding } from '../io/certificates.js';
import { shown } from '../io/files.js';
import { type Interrupt, underInterrupt } from '../io/interrupt.js';
import {
  admitted,
  type Destination,
  defaultPath,
  isStdoutFree,
  jsonOutput,
  type Output,
  printPlaces,
  reporterOutput,
} from '../io/outputs.js';
import { pageOutput } from '../io/page-outputs.js';
import type { Target } from '../io/reporter-flag.js';
import { complain, paletteFor, print, printText } from '../io/terminal.js';
import { withSearcher } from '../jobs/searchers.js';
import { type Job, jobsOf, loadSubjects, named } from '../load/load.js';
import { Around } from './around.js';
import { keepsLearned, type SearchFlags, searchAll, type Work } from './search.js';

export interface RunFlags extends BoundFlags, SearchFlags {
  readonly check?: string;
  /** Whether the result is to say how much is tolerated around the bounds of each check. */
  readonly frontier?: boolean;
  readonly json?: string;
  /** A file, or true for the default one. */
  readonly report?: string | true;
  readonly reporter?: readonly Target[];
  /** Where the certificate of what holds is to be written. */
  readonly certificate?: string;
}

export const run = (paths: readonly string[], flags: RunFlags): Promise<ExitCode> =>
  underInterrupt(
    flags.timeout,
    (interrupt) => runUnder(paths, flags, interrupt),
    () => EXIT.inconclusive,
  );

async function runUnder(paths: readonly string[], flags: RunFlags, interrupt: Interrupt): Promise<ExitCode> {
  if (flags.certificate !== undefined && flags.invariant !== 'strict') {
    complain('error: a certificate is of the strict invariant: leave out --invariant, or --certificate\n');
    return EXIT.mistake;
  }
  const quiet = flags.quiet ?? false;
  const { subjects, files, unread } = await loadSubjects(paths, { quiet, signal: interrupt.signal });
  const path = defaultPath(paths[0] ?? '');
  const target = flags.json ?? `${path}.json`;
  const all = [
    jsonOutput('--json', target, flags.json === undefined),
    ...(flags.report ? [pageOutput('--report', flags.report === true ? `${path}.html` : flags.report)] : []),
    ...(flags.reporter ?? []).map((target) => reporterOutput(target, inputOf)),
  ];
  const proof = flags.certificate === undefined ? [] : [certificateOutput(flags.certificate)];
  const allowed = admitted<Destination>([...all, ...proof], [...paths, ...files.map(({ path }) => path)], flags.force);
  if (!allowed) return EXIT.mistake;
  const outputs = all.filter((output) => allowed.includes(output));
  const jobs = subjects && allJobs(subjects, flags);
  const speaks = !quiet && isStdoutFree(allowed);
  const isOverridden = Object.values(boundOverrides(flags)).some((value) => value !== undefined);
  const about = { files, question: 'promise', answered: () => undefined } as const;
  if (!jobs) {
    // Nothing was run, so there is no result to keep; reporters say why.
    await searchAll({ ...about, jobs: [], unread: [unread], outputs: outputs.filter(isReporter) }, flags, interrupt);
    return EXIT.mistake;
  }
  const chosen = named(jobs, flags.check);
  if (!chosen) return EXIT.mistake;
  if (speaks) print([...new Set(chosen.map(({ subject }) => subject))].map((it) => defaultsNote(it, flags)).join(''));
  const around = flags.frontier ? new Around(chosen, jobs, flags, interrupt.signal) : undefined;
  const names = namesOf(chosen.map(({ check, subject }) => ({ name: check.name, spec: subject.spec })));
  const work: Work = {
    ...about,
    jobs: chosen,
    unread: [],
    outputs,
    ...(around && { more: (job: Job, answer: Answer) => around.added(job, answer) }),
    answered(job, answer) {
      const { check } = answer;
      const isSaved = outputs.some(({ isResult }) => isResult);
      const name = chosen.length > 1 ? names[chosen.indexOf(job)] : undefined;
      const saved = isSaved ? { path: shown(target), name } : undefined;
      const replay = replayCommand(check, saved, check.counterexamples[0]?.faults ?? [], 0);
      if (!speaks) return;
      const { kind, roots, bloom } = job.subject.spec;
      // Under other bounds than those of the spec there may be nothing to mend.
      const fix = kind === 'protocol' || bloom || isOverridden ? {} : { fix: fixCommand(roots) };
      const palette = paletteFor(process.stdout);
      printText(`${answerToText(answer, { palette, replay, ...fix, isErrorTold: true })}\n`);
    },
  };
  const done = await withSearcher(flags, keepsLearned(outputs), interrupt.signal, (searcher) =>
    searchAll(work, flags, interrupt, searcher),
  );
  const holding = chosen.flatMap((job, i) =>
    done.answers[i]?.check.verdict === 'holds' ? [{ job, name: names[i] ?? job.check.name }] : [],
  );
  const isProven = proof.length === 0 || (await prove(proof, subjects ?? [], holding, interrupt));
  if (speaks) {
    if (around) print(around.text(flags.invariant, paletteFor(process.stdout)));
    if (chosen.length > 1) print(`${resultsInWords(done.result.checks)}\n`);
    if (flags.strategy === 'random') print(`${paletteFor(process.stdout).bold('Seed')}  ${flags.seed}\n`);
    printPlaces([...done.written, ...(isProven ? proof : [])]);
  }
  if (!done.isSaved) return EXIT.mistake;
  return isProven ? done.exit : worst([done.exit, EXIT.inconclusive]);
}

/** Writes the certificate of what holds; false, and a complaint, if there is none. */
async function prove(
  [output]: readonly CertificateOutput[],
  subjects: readonly Subject[],
  holding: readonly Holding[],
  { signal }: Interrupt,
): Promise<boolean> {
  if (!output) return true;
  if (holding.length > 0) return await output.write(subjects, holding, signal);
  complain('error: no certificate is written: no check holds; a result is the certificate of its counterexamples\n');
  return false;
}

const isReporter = ({ flag }: Output): boolean => flag.startsWith('--reporter');

/** The checks of all subjects, or undefined, and a complaint for each that has none that can be run. */
function allJobs(subjects: readonly Subject[], flags: RunFlags): Job[] | undefined {
  const lists = subjects.map((subject) => jobsOf(subject, boundOverrides(flags), flags.quiet ?? false));
  return lists.every((jobs) => jobs !== undefined) ? lists.flat() : undefined;
}

function defaultsNote({ hasChecks, lacksChecks }: Subject, flags: BoundFlags): string {
  const defaults = Object.entries(firstGiven());
  const missing = defaults.filter(([name]) => flags[name as BoundName] === undefined);
  if (hasChecks || missing.length === 0) return '';
  const values = missing.map(([name, value]) => `${name}=${value}`).join(' ');
  return `${visible(lacksChecks.replace('the', 'The'))}; using ${values}.\n\n`;
}
