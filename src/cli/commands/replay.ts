/**
 * `ldfi replay RESULT.json`: runs a counterexample again, on the spec as it is now, and tells the story.
 * `ldfi replay SPEC --faults 'w1→redis@5, crash b@4'` does so with faults alone, without a result.
 */
import { ProtocolSubject } from '../../answer/protocol.js';
import type { Subject } from '../../answer/subject.js';
import { LdfiError } from '../../core/invariant.js';
import { visible } from '../../core/text.js';
import { makeBounds } from '../../faults/bounds.js';
import type { Bounds, Scenario } from '../../faults/fault.js';
import { admit, formatScenario, problemsOf, widened } from '../../faults/scenario.js';
import type { EmitForm } from '../../report/formats/emit.js';
import { timelineToText } from '../../report/formats/text.js';
import { timelineOf } from '../../report/formats/timeline.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { type CheckResult, faultsFromText } from '../../report/schema.js';
import { faultInWords, witnessInWords } from '../../report/words.js';
import type { Invariant } from '../../simulator/outcome.js';
import { complain, paletteFor, print } from '../io/terminal.js';
import { chooseCheck, noNumber } from '../load/choose-check.js';
import { readResult, subjectOf } from '../load/find-subject.js';
import { complainOfHandler } from '../load/handler-errors.js';
import { jobsOf, loadSubjects } from '../load/load.js';
import { isModule } from '../load/modules.js';

export interface ReplayFlags {
  readonly check?: string;
  readonly counterexample: number;
  /** A scenario of one's own instead of a counterexample, as JSON. */
  readonly faults?: string;
  readonly spec?: string[];
  /** Not to be run, but written as a test that pins it. */
  readonly emit?: EmitForm;
  readonly out?: string;
  readonly force?: boolean;
}

export async function replay(path: string, flags: ReplayFlags): Promise<ExitCode> {
  if (flags.out !== undefined && !flags.emit) {
    complain('error: --out is for a test: say which with --emit\n');
    return EXIT.mistake;
  }
  const found = isModule(path) || path.endsWith('.ded') ? await ofSpec(path, flags) : await ofResult(path, flags);
  if (!found) return EXIT.mistake;
  const { subject, bounds, chosen, invariant } = found;
  const scenario = admit(chosen.faults, bounds);
  if (flags.emit) {
    const { emit } = await import('./emit.js');
    return emit({
      form: flags.emit,
      out: flags.out ?? '-',
      subject,
      inputs: [path],
      force: flags.force ?? false,
      bounds,
      scenario,
      witnesses: chosen.witnesses,
      invariant,
    });
  }
  print(`${visible(found.name)}, ${chosen.name}: ${visible(formatScenario(scenario))}\n`);
  for (const fault of scenario) print(`  - ${visible(faultInWords(fault))}\n`);
  if (found.beyond && found.beyond.length > 0) {
    const why = found.beyond.join('; ');
    print(`  outside the bounds of the check, so it is no counterexample, whatever it shows: ${visible(why)}\n`);
  }
  try {
    return await tell(subject, bounds, scenario, invariant);
  } catch (error) {
    if (!(error instanceof LdfiError) || !(subject instanceof ProtocolSubject)) throw error;
    complainOfHandler(subject, error);
    return EXIT.mistake;
  }
}

/** What is to be replayed. */
interface Replayed {
  readonly subject: Subject;
  /** Of the check. */
  readonly name: string;
  readonly bounds: Bounds;
  readonly chosen: Chosen;
  readonly invariant: Invariant;
  /** Why faults of one's own lie outside the bounds of the check, which were widened for them. */
  readonly beyond?: readonly string[];
}

type Chosen = { faults: Scenario; name: string; witnesses: CheckResult['counterexamples'][number]['witnesses'] };

async function ofResult(path: string, flags: ReplayFlags): Promise<Replayed | undefined> {
  const result = readResult(path, 'replay');
  const check = result && chooseCheck(result, flags.check, flags.faults === undefined);
  const chosen = check && choose(check, flags);
  if (!check || !chosen) return undefined;
  const subject = await subjectOf(check, flags.spec, '--spec names it anew');
  return (
    subject && { subject, name: check.name, bounds: makeBounds(check.bounds), chosen, invariant: result.invariant }
  );
}

/** Of a spec, with no result: the faults are given, and the bounds of a check are made wide enough for them. */
async function ofSpec(path: string, { faults, check: name, spec = [] }: ReplayFlags): Promise<Replayed | undefined> {
  if (faults === undefined) return complainOf('of a spec, say which faults: --faults "a→b@1, crash a@2"');
  const own = faultsFromText(faults);
  if ('problem' in own) return complainOf(`--faults: ${own.problem}`);
  const { subjects = [] } = await loadSubjects([path, ...spec], { quiet: true });
  const jobs = subjects.flatMap((subject) => jobsOf(subject, {}, true) ?? []);
  const job = name === undefined ? jobs[0] : jobs.find(({ check }) => check.name === name);
  if (!job) {
    if (jobs.length === 0) return undefined;
    return complainOf(`no check is named "${name}"; there are: ${jobs.map(({ check }) => check.name).join(', ')}`);
  }
  return {
    subject: job.subject,
    name: job.check.name,
    bounds: widened(job.check.bounds, own.faults),
    chosen: { faults: own.faults, name: 'scenario', witnesses: [] },
    invariant: 'strict',
    beyond: [...new Set(problemsOf(own.faults, job.check.bounds).map(({ why }) => why))],
  };
}

function complainOf(problem: string): undefined {
  complain(`error: ${visible(problem)}\n`);
}

/** The faults to inject and what to call them; undefined, and a complaint, if they cannot be had. */
function choose(check: CheckResult, flags: ReplayFlags): Chosen | undefined {
  const { counterexamples } = check;
  if (flags.faults !== undefined) {
    const own = faultsFromText(flags.faults);
    if ('faults' in own) return { faults: own.faults, name: 'scenario', witnesses: [] };
    complain(`error: --faults: ${own.problem}\n`);
    return undefined;
  }
  const found = counterexamples[flags.counterexample - 1];
  if (found)
    return {
      faults: found.faults,
      name: `counterexample ${flags.counterexample} of ${counterexamples.length}`,
      witnesses: found.witnesses,
    };
  return noNumber(check, flags.counterexample);
}

/** Runs the scenario and says what happens. */
async function tell(subject: Subject, bounds: Bounds, scenario: Scenario, invariant: Invariant): Promise<ExitCode> {
  const palette = paletteFor(process.stdout);
  const system = subject.system(bounds, { lineage: 'auto', invariant });
  if (system.defect) {
    print(`\n${palette.yellow('! there is no relation `post` any more, so there is nothing to check')}\n`);
    return EXIT.falseGreen;
  }
  const failureFree = (await system.run([])).outcome.kind;
  const run = await system.run(scenario);
  print(`\n${timelineToText(timelineOf(subject.tell(run)), palette, Number.POSITIVE_INFINITY).join('\n')}\n\n`);
  if (run.outcome.kind === 'violated') {
    for (const row of run.outcome.witnesses)
      print(`  ${visible(witnessInWords(row, bounds.eot, subject.spec.kind))}\n`);
    print(`${palette.red('✗ still violated')}${failureFree === 'violated' ? ', and now without any fault too' : ''}\n`);
    return EXIT.counterexample;
  }
  if (failureFree !== 'holds') {
    const now = failureFree === 'vacuous' ? 'promises nothing' : 'is violated';
    print(`${palette.yellow(`! not violated here, but the run without faults now ${now}: this says nothing`)}\n`);
    return EXIT.falseGreen;
  }
  const passes = run.outcome.kind === 'holds' ? 'the promise holds' : 'nothing is promised';
  print(`${palette.green(`✓ ${passes} in this scenario`)}; run \`ldfi run\` again to search the others\n`);
  return EXIT.ok;
}
