/**
 * `ldfi report RESULT.json --format …`: one run as a diagram for documents and pull requests.
 */
import { escapeText } from '../dedalus/frame.js';
import { makeBounds } from '../faults/bounds.js';
import type { Scenario } from '../faults/fault.js';
import { admit } from '../faults/scenario.js';
import { DedalusSystem } from '../lineage/system.js';
import { runToDot } from '../report/dot.js';
import { runToMermaid } from '../report/mermaid.js';
import type { CheckResult, Result } from '../report/schema.js';
import { runToSvg } from '../report/svg.js';
import { Case, runView } from '../report/views/index.js';
import { EXIT, type ExitCode } from './exit.js';
import { saveText } from './save.js';
import { loadSpec } from './spec.js';
import { complain } from './terminal.js';

export interface DiagramFlags {
  readonly format: 'mermaid' | 'dot' | 'svg';
  readonly check?: string;
  /** From 1; 0 is the run without faults. */
  readonly counterexample?: number;
  readonly out?: string;
}

export function diagram(result: Result, flags: DiagramFlags): ExitCode {
  const check = pick(result, flags.check);
  if (!check) return EXIT.mistake;
  const number = flags.counterexample ?? Math.min(1, check.counterexamples.length);
  const found = number === 0 ? { faults: [] } : check.counterexamples[number - 1];
  if (!found) {
    complain(
      `error: check "${escapeText(check.name)}" has ${check.counterexamples.length} counterexamples, not ${number}\n`,
    );
    return EXIT.mistake;
  }
  const { program } = loadSpec(check.spec.roots, true);
  if (!program) return EXIT.mistake;
  const bounds = makeBounds(check.bounds);
  const system = new DedalusSystem(program, bounds, { invariant: result.invariant });
  const text = draw(flags.format, system, admit(found.faults, bounds));
  return saveText(flags.out ?? '-', text, 'error') ? EXIT.ok : EXIT.mistake;
}

function draw(format: DiagramFlags['format'], system: DedalusSystem, scenario: Scenario): string {
  if (format === 'svg') return runToSvg(runView(new Case(system, scenario)));
  const run = system.run(scenario, { trace: true });
  return format === 'mermaid' ? runToMermaid(run, system.space.bounds.nodes) : runToDot(run);
}

/** The named check, or the first with a counterexample, or the first. */
function pick({ checks }: Result, name: string | undefined): CheckResult | undefined {
  if (name === undefined) return checks.find(({ counterexamples }) => counterexamples.length > 0) ?? checks[0];
  const check = checks.find((it) => it.name === name || `${it.spec.roots.join(' ')} ${it.name}` === name);
  if (!check) complain(`error: no check is named "${escapeText(name)}"\n`);
  return check;
}
