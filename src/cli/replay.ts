/**
 * `ldfi replay RESULT.json`: runs a counterexample again, on the spec as it is now, and tells the story.
 */
import { escapeText } from '../dedalus/frame.js';
import { makeBounds } from '../faults/bounds.js';
import { admit, formatScenario } from '../faults/scenario.js';
import { DedalusSystem } from '../lineage/system.js';
import { type CheckResult, type Result, resultFromJson } from '../report/schema.js';
import { timelineToText } from '../report/text.js';
import { timeline } from '../report/timeline.js';
import { faultInWords, witnessInWords } from '../report/words.js';
import { EXIT, type ExitCode } from './exit.js';
import { readText } from './files.js';
import { loadSpec } from './spec.js';
import { complain, paletteFor, print } from './terminal.js';

export interface ReplayFlags {
  readonly check?: string;
  readonly counterexample: number;
  readonly spec?: string[];
}

export function replay(path: string, flags: ReplayFlags): ExitCode {
  const result = readResult(path);
  if (!result) return EXIT.mistake;
  const check = pick(result, flags);
  const counterexample = check?.counterexamples[flags.counterexample - 1];
  if (!check || !counterexample) return complainOfChoice(result, check, flags);
  const { program } = loadSpec(flags.spec ?? check.spec.roots, true);
  if (!program) return EXIT.mistake;
  const bounds = makeBounds(check.bounds);
  const scenario = admit(counterexample.faults, bounds);
  const run = new DedalusSystem(program, bounds, { invariant: result.invariant }).run(scenario);
  const palette = paletteFor(process.stdout);
  print(
    `${escapeText(check.name)}, counterexample ${flags.counterexample} of ${check.counterexamples.length}: ${escapeText(formatScenario(scenario))}\n`,
  );
  for (const fault of scenario) print(`  - ${escapeText(faultInWords(fault))}\n`);
  print(`\n${timelineToText(timeline(run), palette, Number.POSITIVE_INFINITY).join('\n')}\n\n`);
  if (run.outcome.kind === 'violated') {
    for (const row of run.outcome.witnesses) print(`  ${escapeText(witnessInWords(row, bounds.eot))}\n`);
    print(`${palette.red('✗ still violated')}\n`);
    return EXIT.counterexample;
  }
  const passes = run.outcome.kind === 'holds' ? 'the promise holds' : 'nothing is promised';
  print(`${palette.green(`✓ ${passes} in this scenario`)}; run \`ldfi run\` again to search the others\n`);
  return EXIT.ok;
}

function readResult(path: string): Result | undefined {
  const read = readText(path);
  const parsed = read.ok ? resultFromJson(read.text) : { problem: read.reason };
  if ('result' in parsed) return parsed.result;
  complain(`error: cannot replay ${escapeText(path)}: ${escapeText(parsed.problem)}\n`);
  return undefined;
}

/** The named check, or the first that has a counterexample. */
function pick(result: Result, flags: ReplayFlags): CheckResult | undefined {
  if (flags.check !== undefined) return result.checks.find(({ name }) => name === flags.check);
  return result.checks.find(({ counterexamples }) => counterexamples.length > 0);
}

function complainOfChoice(result: Result, check: CheckResult | undefined, flags: ReplayFlags): ExitCode {
  const names = result.checks.map(({ name, counterexamples }) => `${name} (${counterexamples.length})`).join(', ');
  const what = check
    ? `check "${check.name}" has ${check.counterexamples.length} counterexamples, there is no number ${flags.counterexample}`
    : flags.check === undefined
      ? 'this result has no counterexample'
      : `no check is named "${flags.check}"`;
  complain(`error: ${escapeText(what)}; checks and their counterexamples: ${escapeText(names)}\n`);
  return EXIT.mistake;
}
