/**
 * `ldfi verify FILE SPEC…`: whether a certificate proves that checks hold, or a result's counterexamples are minimal
 * ones; by a checker that shares nothing with the search.
 *
 * Spec and bounds come from the command line, never from the file.
 */
import { visible } from '../../core/text.js';
import { type Work, whenDone } from '../../core/work.js';
import { namesOf } from '../../report/check-names.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import type { CheckResult } from '../../report/result.js';
import { plural } from '../../report/words.js';
import { type Certificate, certificateFromJson, leavesOf } from '../../verify/certificate.js';
import { flawOfCertificate, flawOfCounterexample } from '../../verify/verify.js';
import { type BoundFlags, boundOverrides } from '../flags.js';
import { digestOf } from '../io/certificates.js';
import { readText } from '../io/files.js';
import { type Interrupt, underInterrupt } from '../io/interrupt.js';
import { complain, errorInWords, paletteFor, print } from '../io/terminal.js';
import { readResult } from '../load/find-subject.js';
import { type Job, jobsOf, loadSubjects, named } from '../load/load.js';

export interface VerifyFlags extends BoundFlags {
  readonly check?: string;
  readonly timeout?: number;
  readonly quiet?: boolean;
}

export const verify = (path: string, specs: readonly string[], flags: VerifyFlags): Promise<ExitCode> =>
  underInterrupt(
    flags.timeout,
    (interrupt) => verifyUnder(path, specs, flags, interrupt),
    () => EXIT.inconclusive,
  );

/** Something that is claimed of a check, and how it is tested: what is wrong with it, or undefined. */
interface Claim {
  readonly check: string;
  readonly says: string;
  test(job: Job): Work<string | undefined, unknown>;
}

async function verifyUnder(
  path: string,
  specs: readonly string[],
  flags: VerifyFlags,
  { signal }: Interrupt,
): Promise<ExitCode> {
  const { quiet = false } = flags;
  const claimed = claimsIn(path);
  if (!claimed) return EXIT.mistake;
  const { subjects } = await loadSubjects(specs, { quiet, signal });
  const lists = subjects?.map((subject) => jobsOf(subject, boundOverrides(flags), quiet));
  if (!lists?.every((jobs) => jobs !== undefined)) return EXIT.mistake;
  const jobs = named(lists.flat(), flags.check);
  if (!jobs) return EXIT.mistake;
  const names = namesOf(jobs.map(({ check, subject }) => ({ name: check.name, spec: subject.spec })));
  const isMeant = ({ check }: Claim): boolean => flags.check === undefined || names.includes(check);
  const claims = claimed.claims.filter(isMeant);
  const { green, red } = paletteFor(process.stdout);
  let flaws = 0;
  const say = (check: string, flaw: string | undefined, says: string): void => {
    if (flaw !== undefined) flaws++;
    const [mark, text] = flaw === undefined ? [green('✓'), says] : [red('✗'), `not proven: ${flaw}`];
    if (flaw !== undefined || !quiet) print(`${mark} ${visible(`${check}: ${text}`)}\n`);
  };
  if (claimed.digest !== undefined && claimed.digest !== digestOf(subjects ?? [])) {
    say(specs.join(' '), 'the certificate is of other files, or of another version of them', '');
    return EXIT.counterexample;
  }
  for (const claim of claims) {
    const job = jobs[names.indexOf(claim.check)];
    say(claim.check, job ? await tested(claim, job, signal) : 'the spec has no such check', claim.says);
    if (signal.aborted) return EXIT.inconclusive;
  }
  const left = names.filter((name) => !claims.some(({ check }) => check === name));
  if (left.length > 0 && !quiet) print(`Nothing is claimed of ${visible(left.join(', '))}.\n`);
  const isToHold = (name: string): boolean => (jobs[names.indexOf(name)]?.check.expect ?? 'holds') === 'holds';
  const missing = claimed.digest === undefined || claims.length === 0 ? [] : left.filter(isToHold);
  if (missing.length > 0)
    complain(
      `error: ${visible(missing.join(', '))} ${missing.length === 1 ? 'is' : 'are'} to hold, and ${visible(path)} does not prove it: certify all checks, or name those that are meant with --check\n`,
    );
  if (claims.length > 0) return flaws > 0 ? EXIT.counterexample : missing.length > 0 ? EXIT.inconclusive : EXIT.ok;
  complain(`error: ${visible(path)} claims nothing of what can be verified\n`);
  return EXIT.counterexample;
}

async function tested(claim: Claim, job: Job, signal: AbortSignal): Promise<string | undefined> {
  try {
    return await whenDone(claim.test(job), signal);
  } catch (error) {
    return signal.aborted ? 'it was stopped before it was done' : errorInWords(error);
  }
}

/** What a file claims; undefined, and a complaint, if it is neither a certificate nor a result. */
function claimsIn(path: string): { readonly claims: readonly Claim[]; readonly digest?: string } | undefined {
  const read = readText(path);
  if (read.ok && read.text.startsWith('{"certificate":')) {
    const parsed = certificateFromJson(read.text);
    if ('certificate' in parsed) return { claims: proofsIn(parsed.certificate), digest: parsed.certificate.spec };
    complain(`error: cannot verify ${visible(path)}: ${visible(parsed.problem)}\n`);
    return undefined;
  }
  const result = readResult(path, 'verify');
  if (!result) return undefined;
  const names = namesOf(result.checks);
  return { claims: result.checks.flatMap((check, i) => counterexamplesIn(check, names[i] ?? check.name)) };
}

const proofsIn = ({ checks }: Certificate): Claim[] =>
  checks.map((certified) => ({
    check: certified.name,
    says: `no scenario breaks the promise; ${plural(leavesOf(certified.tree), 'case')} checked`,
    test: ({ subject, check: { bounds } }) => flawOfCertificate(subject.verifier(bounds), certified),
  }));

const counterexamplesIn = ({ counterexamples }: CheckResult, name: string): Claim[] =>
  counterexamples.length === 0
    ? []
    : [
        {
          check: name,
          says: `${plural(counterexamples.length, 'counterexample')}, each broken, and kept with any one fault less`,
          *test({ subject, check: { bounds } }) {
            const verifier = subject.verifier(bounds);
            for (const [i, { faults }] of counterexamples.entries()) {
              const flaw = yield* flawOfCounterexample(verifier, faults);
              if (flaw !== undefined) return `counterexample ${i + 1}: ${flaw}`;
            }
            return undefined;
          },
        },
      ];
