/**
 * `ldfi fix FILE…`: edits that mend a violated spec, each proved by a full search; the best one is written into the
 * spec, or printed as a patch.
 */
import type { DedalusSubject } from '../../answer/dedalus.js';
import type { ProtocolSubject } from '../../answer/protocol.js';
import { type Subject, usualMethod } from '../../answer/subject.js';
import { LdfiError } from '../../core/invariant.js';
import { visible } from '../../core/text.js';
import type { SourceFile } from '../../dedalus/ast.js';
import { version } from '../../files/package.js';
import { headOf } from '../../files/write.js';
import { type Diagnosed, diagnosed } from '../../fix/diagnosis.js';
import { edited, type Splice } from '../../fix/edit.js';
import { type Fixes, findFixes } from '../../fix/fix.js';
import { fixToJson } from '../../fix/json.js';
import type { FixOutcome, Mending } from '../../fix/outcome.js';
import { patchOf } from '../../fix/patch.js';
import { fixToText } from '../../fix/text.js';
import { Workshop } from '../../fix/workshop.js';
import { EXIT, type ExitCode, exitOfVerdict, worst } from '../../report/meaning.js';
import { isCalled } from '../../search/check.js';
import { type BoundFlags, boundOverrides } from '../flags.js';
import { editedSince, shown } from '../io/files.js';
import { type Interrupt, underInterrupt } from '../io/interrupt.js';
import { admitted, isStdoutFree, printPlaces, saveText } from '../io/outputs.js';
import { nameInPatch } from '../io/patch-name.js';
import { progress, silent, status } from '../io/progress.js';
import { complain, fitted, isTerminal, paletteFor, print } from '../io/terminal.js';
import { complainOfHandler } from '../load/handler-errors.js';
import { type Job, jobsOf, loadSubjects, named } from '../load/load.js';

export interface FixFlags extends BoundFlags {
  readonly check?: string;
  /** Write nothing into the spec. */
  readonly dryRun?: boolean;
  readonly proposals: number;
  /** Which of the edits is written. */
  readonly choose: number;
  /** Where the patch goes. */
  readonly output?: string;
  readonly json?: string;
  readonly timeout?: number;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

export const fix = (paths: readonly string[], flags: FixFlags): Promise<ExitCode> =>
  underInterrupt(
    flags.timeout,
    (interrupt) => fixUnder(paths, flags, interrupt),
    () => EXIT.inconclusive,
  );

async function fixUnder(paths: readonly string[], flags: FixFlags, interrupt: Interrupt): Promise<ExitCode> {
  const { quiet = false, force = false } = flags;
  const { subjects, files } = await loadSubjects(paths, { quiet, signal: interrupt.signal });
  if (!subjects) return EXIT.mistake;
  const wanted = [
    ...(flags.json === undefined ? [] : [{ flag: '--json', label: 'JSON', path: flags.json }]),
    ...(flags.output === undefined ? [] : [{ flag: '--output', label: 'Patch', path: flags.output }]),
  ];
  const outputs = admitted(wanted, [...paths, ...files.map(({ path }) => path)], force);
  if (!outputs) return EXIT.mistake;
  if (subjects.length > 1 && wanted.length > 0) {
    complain('error: --json and --output are for one spec: these modules hold several protocols\n');
    return EXIT.mistake;
  }
  const speaks = !quiet && isStdoutFree(outputs);
  const exits: ExitCode[] = [];
  for (const subject of subjects) {
    const jobs = jobsOf(subject, boundOverrides(flags), quiet);
    if (!jobs || !named(jobs, flags.check)) return EXIT.mistake;
    const outcome = await mended(subject, jobs, flags, interrupt);
    if (!outcome) return EXIT.mistake;
    if (speaks) print(fixToText(outcome, paletteFor(process.stdout), fitted));
    exits.push(concluded(subject, outcome, flags, speaks), exitOf(outcome, interrupt));
    if (speaks) printPlaces(outputs.filter(({ label }) => label === 'JSON' || outcome.mendings.length > 0));
  }
  return interrupt.interrupted() ? EXIT.inconclusive : worst(exits);
}

/** What is wrong with a spec and what mends it; undefined, and a complaint, for a handler that breaks the rules. */
async function mended(
  subject: Subject,
  jobs: readonly Job[],
  flags: FixFlags,
  { signal }: Interrupt,
): Promise<FixOutcome | undefined> {
  const columns = isTerminal(process.stderr) ? process.stderr.columns || 80 : undefined;
  const checks: Diagnosed[] = [];
  for (const { check, label } of jobs) {
    const bar = flags.quiet ? silent : progress(visible(label), check.bounds, columns);
    try {
      checks.push(await diagnosed(subject, check, usualMethod(signal), (event) => bar.update(event)));
    } catch (error) {
      if (!(error instanceof LdfiError) || !subject.mayThrow) throw error;
      complainOfHandler(subject as ProtocolSubject, error);
      return undefined;
    } finally {
      bar.clear();
    }
  }
  // Other checks are to stay as they are; those that are violated and were not asked for may.
  const asked = checks.filter(({ check }) => flags.check === undefined || isCalled(check, flags.check));
  const others = checks.filter((one) => !asked.includes(one) && one.verdict.kind === 'holds');
  const isBroken = asked.some(({ verdict }) => verdict.kind === 'violated');
  if (subject.kind === 'protocol' || subject.spec.bloom || !isBroken || signal.aborted)
    return { spec: subject.spec, checks: asked, search: undefined, mendings: [] };
  const { fixes, ...search } = await searched(subject as DedalusSubject, [...asked, ...others], flags, signal, columns);
  const mendings = fixes.map((one): Mending => {
    const { files, splices } = asOnDisk(subject.files, one.proposal.splices);
    return { ...one, patch: patchOf(files, splices, nameInPatch) };
  });
  return { spec: subject.spec, checks: asked, search, mendings };
}

async function searched(
  subject: DedalusSubject,
  checks: readonly Diagnosed[],
  flags: FixFlags,
  signal: AbortSignal,
  columns: number | undefined,
): Promise<Fixes> {
  const roots = new Set(subject.spec.roots).size;
  const shop = new Workshop(subject.program, roots, checks);
  const line = status('looking for an edit', columns);
  try {
    return await findFixes(shop, {
      most: flags.proposals,
      signal,
      watch: ({ kind, done, of, found }) => {
        const doing = kind === 'try' ? `trying ${done} of ${of}` : `searching ${done} of ${of} in full`;
        if (!flags.quiet) line.draw(() => [doing, `${found} proved`]);
      },
    });
  } finally {
    line.clear();
  }
}

function exitOf({ spec, checks, search, mendings }: FixOutcome, { signal }: Interrupt): ExitCode {
  const isBroken = checks.some(({ verdict }) => verdict.kind === 'violated');
  if (!isBroken) return worst(checks.map(({ verdict }) => exitOfVerdict(verdict.kind)));
  if (mendings.length > 0) return EXIT.ok;
  if (spec.kind === 'protocol' || spec.bloom) return EXIT.counterexample;
  return !search || search.stopped || signal.aborted ? EXIT.inconclusive : EXIT.counterexample;
}

/** Writes what there is to be written. */
function concluded(subject: Subject, outcome: FixOutcome, flags: FixFlags, speaks: boolean): ExitCode {
  const { mendings } = outcome;
  if (flags.json !== undefined && !saveText(flags.json, fixToJson(version(), outcome), 'error')) return EXIT.mistake;
  if (mendings.length === 0) return EXIT.ok;
  const chosen = mendings[flags.choose - 1];
  if (!chosen) {
    complain(
      `error: --choose ${flags.choose}: there ${mendings.length === 1 ? 'is one edit' : `are ${mendings.length} edits`}\n`,
    );
    return EXIT.mistake;
  }
  if (flags.output !== undefined) {
    const text = `# Written by ldfi. ${visible(chosen.proposal.title)}: ${visible(chosen.proposal.why())}.\n${chosen.patch}`;
    return saveText(flags.output, text, 'error') ? EXIT.ok : EXIT.mistake;
  }
  return flags.dryRun ? EXIT.ok : written(subject, chosen, flags.choose, speaks);
}

/** Puts an edit into the files of the spec, if they are as they were. */
function written({ files }: Subject, { proposal }: Mending, number: number, speaks: boolean): ExitCode {
  const [changed] = editedSince(files);
  if (changed !== undefined) {
    complain(`error: ${visible(changed)} was edited meanwhile: nothing was written; run it again\n`);
    return EXIT.mistake;
  }
  const there = asOnDisk(files, proposal.splices);
  const touched = new Set(proposal.splices.map(({ file }) => file));
  for (const [file, { path, text }] of edited(there.files, there.splices).entries()) {
    if (!touched.has(file)) continue;
    if (!saveText(path, text, 'error')) return EXIT.mistake;
    if (speaks) print(`${paletteFor(process.stdout).bold('Edited')}  ${visible(shown(path))} (edit ${number})\n`);
  }
  return EXIT.ok;
}

const MARK = '\u{feff}';

/** Files with the byte order marks that reading leaves out, and edits that are where they are in these. */
function asOnDisk(files: readonly SourceFile[], splices: readonly Splice[]) {
  const marks = files.map(({ path }) => (headOf(path, true)?.startsWith(MARK) ? MARK : ''));
  return {
    files: files.map(({ path, text }, i) => ({ path, text: `${marks[i]}${text}` })),
    splices: splices.map((one) => {
      const { length = 0 } = marks[one.file] ?? '';
      return { ...one, start: one.start + length, end: one.end + length };
    }),
  };
}
