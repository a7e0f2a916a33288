/**
 * `ldfi report RESULT.json --format …`: one run as a diagram for documents and pull requests.
 */
import { visible } from '../core/text.js';
import { makeBounds } from '../faults/bounds.js';
import type { Scenario } from '../faults/fault.js';
import { admit } from '../faults/scenario.js';
import { DedalusSystem } from '../lineage/system.js';
import { runToDot } from '../report/dot.js';
import { runToMermaid } from '../report/mermaid.js';
import { protocolToDot } from '../report/protocol/dot.js';
import { Known, Case as ProtocolCase, runView as runViewOf } from '../report/protocol/index.js';
import type { CheckResult, Result } from '../report/schema.js';
import { runToSvg } from '../report/svg.js';
import { Case, runView } from '../report/views/index.js';
import { plural } from '../report/words.js';
import { EXIT, type ExitCode } from './exit.js';
import { learnedOf } from './learned.js';
import { complainOfMoved, subjectOf } from './recall.js';
import { saveText } from './save.js';
import { type ProtocolSubject, runOf } from './subject.js';
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
      : subject.kind === 'protocol'
        ? await drawLearned(flags.format, subject, check, scenario)
        : drawProgram(
            flags.format,
            new DedalusSystem(subject.program, bounds, { invariant: result.invariant }),
            scenario,
          );
  return text !== undefined && saveText(flags.out ?? '-', text, 'error') ? EXIT.ok : EXIT.mistake;
}

type Drawn = Exclude<DiagramFlags['format'], 'mermaid'>;

const drawProgram = (format: Drawn, system: DedalusSystem, scenario: Scenario): string =>
  format === 'svg'
    ? runToSvg(runView(new Case(system, scenario)))
    : runToDot(system.simulate(scenario, { trace: true }));

/** A run of a protocol from what can be learned of its handlers; undefined, and a complaint, if that is nothing. */
async function drawLearned(
  format: Drawn,
  subject: ProtocolSubject,
  check: CheckResult,
  scenario: Scenario,
): Promise<string | undefined> {
  const learned = await learnedOf(subject, { ...check, counterexamples: [{ ...NONE, faults: [...scenario] }] });
  if (!learned || 'missing' in learned) {
    complain(`error: this protocol's run can be had as mermaid only: ${visible(learned?.missing ?? '')}\n`);
    return undefined;
  }
  const known = new Known(learned, makeBounds(check.bounds), subject.files, subject.protocol.name);
  const one = new ProtocolCase(known, scenario);
  return format === 'svg' ? runToSvg(runViewOf(one)) : protocolToDot(one);
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
