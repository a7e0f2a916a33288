/**
 * `ldfi report RESULT.json --format …`: one run as a diagram for documents and pull requests.
 */
import { escapeText } from '../dedalus/frame.js';
import { makeBounds } from '../faults/bounds.js';
import type { Bounds, Scenario } from '../faults/fault.js';
import { admit } from '../faults/scenario.js';
import { DedalusSystem } from '../lineage/system.js';
import { runToDot } from '../report/dot.js';
import { runToMermaid } from '../report/mermaid.js';
import { Known, Case as ProtocolCase, runView as runViewOf } from '../report/protocol/index.js';
import type { CheckResult, Result } from '../report/schema.js';
import { runToSvg } from '../report/svg.js';
import { Case, runView } from '../report/views/index.js';
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
    complain(`error: check "${escapeText(check.name)}" has ${has}; there is no number ${number}\n`);
    return EXIT.mistake;
  }
  if (check.spec.kind === 'protocol' && flags.format === 'dot') {
    complain("error: --format dot is for Dedalus specs; a protocol's run can be had as mermaid or svg\n");
    return EXIT.mistake;
  }
  const subject = await subjectOf(check);
  if (!subject) {
    complainOfMoved(check.spec.roots, 'make the diagram there');
    return EXIT.mistake;
  }
  const bounds = makeBounds(check.bounds);
  if (subject.kind === 'protocol' && flags.format === 'svg') {
    const learned = learnedOf(subject, { ...check, counterexamples: [{ ...NONE, faults: found.faults }] });
    if (!learned || 'missing' in learned) {
      complain(`error: this protocol's run can be had as mermaid only: ${escapeText(learned?.missing ?? '')}\n`);
      return EXIT.mistake;
    }
    const known = new Known(learned, bounds, subject.files, subject.protocol.name);
    const picture = runToSvg(runViewOf(new ProtocolCase(known, admit(found.faults, bounds))));
    return saveText(flags.out ?? '-', picture, 'error') ? EXIT.ok : EXIT.mistake;
  }
  const text = draw(flags.format, subject, bounds, admit(found.faults, bounds), result.invariant);
  return saveText(flags.out ?? '-', text, 'error') ? EXIT.ok : EXIT.mistake;
}

/** A counterexample of which only the faults matter. */
const NONE = { witnesses: [], minimality: [], class: 1 };

function draw(
  format: DiagramFlags['format'],
  subject: Subject,
  bounds: Bounds,
  scenario: Scenario,
  invariant: Invariant,
): string {
  if (format === 'mermaid' || subject.kind === 'protocol')
    return runToMermaid(runOf(subject, bounds, scenario, invariant), bounds.nodes);
  const system = new DedalusSystem(subject.program, bounds, { invariant });
  return format === 'svg'
    ? runToSvg(runView(new Case(system, scenario)))
    : runToDot(system.run(scenario, { trace: true }));
}

/** The named check, or the first with a counterexample, or the first. */
function pick({ checks }: Result, name: string | undefined): CheckResult | undefined {
  if (name === undefined) return checks.find(({ counterexamples }) => counterexamples.length > 0) ?? checks[0];
  const check = checks.find((it) => it.name === name || `${it.spec.roots.join(' ')} ${it.name}` === name);
  const names = checks.slice(0, 50).map((it) => it.name);
  if (!check) complain(`error: ${escapeText(`no check is named "${name}"; there are: ${names.join(', ')}`)}\n`);
  return check;
}
