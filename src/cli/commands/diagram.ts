/**
 * `ldfi report RESULT.json --format …`: one run as a diagram for documents and pull requests.
 */
import { DedalusSubject } from '../../answer/dedalus.js';
import { visible } from '../../core/text.js';
import { makeBounds } from '../../faults/bounds.js';
import type { Scenario } from '../../faults/fault.js';
import { admit } from '../../faults/scenario.js';
import { toDot } from '../../report/formats/dot.js';
import { runToMermaid } from '../../report/formats/mermaid.js';
import { runToSvg } from '../../report/formats/svg.js';
import { tellView } from '../../report/formats/timeline.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import type { Case } from '../../report/provenance/case.js';
import { DedalusProvenance } from '../../report/provenance/dedalus/provenance.js';
import { LearnedProvenance } from '../../report/provenance/learned/provenance.js';
import { runView } from '../../report/provenance/run-view.js';
import type { CheckResult, Result } from '../../report/schema.js';
import { admitted, type Output, saveText } from '../io/outputs.js';
import { complain } from '../io/terminal.js';
import { chooseCheck, noNumber } from '../load/choose-check.js';
import { modulesOf, shownSubjectOf } from '../load/find-subject.js';

export interface DiagramFlags {
  readonly format: 'mermaid' | 'dot' | 'svg';
  readonly check?: string;
  /** From 1; 0 is the run without faults. */
  readonly counterexample?: number;
  readonly out?: string;
  readonly force?: boolean;
}

export async function diagram(path: string, result: Result, flags: DiagramFlags): Promise<ExitCode> {
  const broken = result.checks.find(({ counterexamples }) => counterexamples.length > 0);
  const check = (flags.check === undefined && broken) || chooseCheck(result, flags.check, false);
  if (!check) return EXIT.mistake;
  const number = flags.counterexample ?? Math.min(1, check.counterexamples.length);
  const found = number === 0 ? { faults: [] } : check.counterexamples[number - 1];
  if (!found) {
    noNumber(check, number);
    return EXIT.mistake;
  }
  const scenario = admit(found.faults, makeBounds(check.bounds));
  const drawn = check.spec.kind === 'protocol' ? learned(check, scenario) : await simulated(result, check, scenario);
  if (!drawn) return EXIT.mistake;
  const text = DRAW[flags.format](drawn);
  const out: Output = { flag: '--out', label: flags.format, path: flags.out ?? '-', text: () => text };
  const isAdmitted = admitted([out], [path, ...check.spec.files], flags.force);
  return isAdmitted && saveText(out.path, text, 'error') ? EXIT.ok : EXIT.mistake;
}

const DRAW: Readonly<Record<DiagramFlags['format'], (it: Case) => string>> = {
  dot: toDot,
  svg: (it) => runToSvg(runView(it)),
  mermaid: (it) => runToMermaid(tellView(runView(it)), it.of.nodes),
};

async function simulated(result: Result, check: CheckResult, scenario: Scenario): Promise<Case | undefined> {
  const subject = await shownSubjectOf(check, 'make the diagram there');
  if (!(subject instanceof DedalusSubject)) return undefined;
  const system = subject.system(makeBounds(check.bounds), { lineage: 'auto', invariant: result.invariant });
  return new DedalusProvenance(system).case(scenario) as Case;
}

/** A run of a protocol from what was learned of its handlers; undefined, and a complaint, if that is nothing. */
function learned({ learned, bounds, spec, name }: CheckResult, scenario: Scenario): Case | undefined {
  if (learned && !('missing' in learned))
    return new LearnedProvenance(learned, makeBounds(bounds), modulesOf(spec), spec.protocol ?? '').case(
      scenario,
    ) as Case;
  const why = learned?.missing ?? 'it is not in the result; search it again';
  complain(
    `error: check "${visible(name)}" has no runs to draw, for nothing was learned of its handlers: ${visible(why)}\n`,
  );
  return undefined;
}
