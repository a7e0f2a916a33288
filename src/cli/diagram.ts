/**
 * `ldfi report RESULT.json --format …`: one run as a diagram for documents and pull requests.
 */
import { visible } from '../core/text.js';
import { makeBounds } from '../faults/bounds.js';
import type { Scenario } from '../faults/fault.js';
import { admit } from '../faults/scenario.js';
import { DedalusSystem } from '../lineage/system.js';
import { runToMermaid } from '../report/mermaid.js';
import type { Case } from '../report/provenance/case.js';
import { DedalusProvenance } from '../report/provenance/dedalus/provenance.js';
import { toDot } from '../report/provenance/dot.js';
import { LearnedProvenance } from '../report/provenance/learned/provenance.js';
import { runView } from '../report/provenance/view.js';
import type { CheckResult, Result } from '../report/schema.js';
import { runToSvg } from '../report/svg.js';
import { plural } from '../report/words.js';
import type { Invariant } from '../simulator/outcome.js';
import { EXIT, type ExitCode } from './exit.js';
import { learnedOf } from './learned.js';
import { complainOfMoved, subjectOf } from './recall.js';
import { saveText } from './save.js';
import { runOf, type Subject } from './subject.js';
import { complain } from './terminal.js';

export interface DiagramFlags {
  readonly format: 'mermaid' | 'dot' | 'svg';
  readonly check?: string;
  /** From 1; 0 is the run without faults. */
  readonly counterexample?: number;
  readonly out?: string;
}

export async function diagram(result: Result, flags: DiagramFlags): Promise<ExitCode> {
  const check = pick(result, flags.check);
  if (!check) return EXIT.mistake;
  const number = flags.counterexample ?? Math.min(1, check.counterexamples.length);
  const found = number === 0 ? { faults: [] } : check.counterexamples[number - 1];
  if (!found) {
    const has = plural(check.counterexamples.length, 'counterexample');
    complain(`error: check "${visible(check.name)}" has ${has}; there is no number ${number}\n`);
    return EXIT.mistake;
  }
  const subject = await subjectOf(check);
  if (!subject) {
    complainOfMoved(check.spec.roots, 'make the diagram there');
    return EXIT.mistake;
  }
  const bounds = makeBounds(check.bounds);
  const scenario = admit(found.faults, bounds);
  const text =
    flags.format === 'mermaid'
      ? runToMermaid(await runOf(subject, bounds, scenario, result.invariant), bounds.nodes)
      : drawn(flags.format, await caseOf(subject, check, scenario, result.invariant));
  return text !== undefined && saveText(flags.out ?? '-', text, 'error') ? EXIT.ok : EXIT.mistake;
}

const drawn = (format: 'dot' | 'svg', it: Case | undefined): string | undefined =>
  it && (format === 'svg' ? runToSvg(runView(it)) : toDot(it));

/** A run with its provenance; undefined, and a complaint, if nothing can be learned of a protocol's handlers. */
async function caseOf(
  subject: Subject,
  check: CheckResult,
  scenario: Scenario,
  invariant: Invariant,
): Promise<Case | undefined> {
  const bounds = makeBounds(check.bounds);
  if (subject.kind === 'dedalus')
    return new DedalusProvenance(new DedalusSystem(subject.program, bounds, { invariant })).case(scenario) as Case;
  const learned = await learnedOf(subject, { ...check, counterexamples: [{ ...NONE, faults: [...scenario] }] });
  if (learned && !('missing' in learned))
    return new LearnedProvenance(learned, bounds, subject.files, subject.protocol.name).case(scenario) as Case;
  complain(`error: this protocol's run can be had as mermaid only: ${visible(learned?.missing ?? '')}\n`);
  return undefined;
}

/** A counterexample of which only the faults matter. */
const NONE = { witnesses: [], minimality: [], class: 1 };

/** The named check, or the first with a counterexample, or the first. */
function pick({ checks }: Result, name: string | undefined): CheckResult | undefined {
  if (name === undefined) return checks.find(({ counterexamples }) => counterexamples.length > 0) ?? checks[0];
  const check = checks.find((it) => it.name === name || `${it.spec.roots.join(' ')} ${it.name}` === name);
  const names = checks.slice(0, 50).map((it) => it.name);
  if (!check) complain(`error: ${visible(`no check is named "${name}"; there are: ${names.join(', ')}`)}\n`);
  return check;
}
