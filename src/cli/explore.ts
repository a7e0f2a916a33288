/**
 * One check from beginning to end: system, search, verdict, and what the other invariant would say.
 */
import { invariant } from '../core/invariant.js';
import type { Program } from '../dedalus/program.js';
import { DedalusSystem } from '../lineage/system.js';
import { type CheckResult, checkResult, MOST_EXPLORED, type SpecFiles } from '../report/result.js';
import { checkToText, type TextPalette } from '../report/text.js';
import { timeline } from '../report/timeline.js';
import type { Check } from '../search/check.js';
import type { SearchEvent, SearchOptions } from '../search/events.js';
import { search } from '../search/search.js';
import type { Verdict } from '../search/verdict.js';
import type { Invariant } from '../simulator/outcome.js';

/** How to search: what the flags of `run` and `test` say. */
export interface Method {
  readonly search: SearchOptions;
  readonly lineage: 'auto' | 'total' | 'run';
  readonly invariant: Invariant;
}

/** Searches one check. `watch` sees every event. */
export async function explore(
  program: Program,
  spec: SpecFiles,
  check: Check,
  method: Method,
  watch: (event: SearchEvent) => void,
): Promise<CheckResult> {
  const make = (reading: Invariant): DedalusSystem =>
    new DedalusSystem(program, check.bounds, { lineage: method.lineage, invariant: reading });
  const system = make(method.invariant);
  const explored: NonNullable<CheckResult['explored']> = [];
  const verdict = await verdictOf(system, method.search, (event) => {
    watch(event);
    if (event.kind === 'run' && explored.length < MOST_EXPLORED)
      explored.push({ faults: [...event.scenario], outcome: event.outcome.kind });
  });
  return checkResult(spec, check, verdict, await otherReading(system, make, verdict, method), explored);
}

async function verdictOf(
  system: DedalusSystem,
  options: SearchOptions,
  watch: (event: SearchEvent) => void,
): Promise<Verdict> {
  let verdict: Verdict | undefined;
  for await (const event of search(system, options)) {
    watch(event);
    if (event.kind === 'verdict') verdict = event.verdict;
  }
  invariant(verdict, 'a search ends in a verdict');
  return verdict;
}

/**
 * The verdict under the other invariant, where it differs. Every violation under 'reference' is one under 'strict', so only two cases need a
 * look: violated under strict, and holds under reference.
 */
async function otherReading(
  system: DedalusSystem,
  make: (reading: Invariant) => DedalusSystem,
  verdict: Verdict,
  method: Method,
): Promise<CheckResult['otherReading']> {
  const strict = method.invariant === 'strict';
  if (verdict.kind !== (strict ? 'violated' : 'holds')) return undefined;
  if (strict && verdict.counterexamples.some(({ faults }) => !system.run(faults).outcome.readingsDiffer))
    return undefined;
  const reading = strict ? 'reference' : 'strict';
  const other = await verdictOf(make(reading), { ...method.search, first: true }, () => undefined);
  return other.kind === verdict.kind || other.kind === 'inconclusive'
    ? undefined
    : { invariant: reading, verdict: other.kind };
}

/** The text for a check's result: with the timeline of its first counterexample, or with what is promised and kept. */
export function describe(
  program: Program,
  result: CheckResult,
  reading: Invariant,
  palette: TextPalette,
  replay: string | undefined,
): string {
  const [first] = result.counterexamples;
  if (!first && result.verdict !== 'holds') return checkToText(result, { palette });
  const run = new DedalusSystem(program, result.bounds, { invariant: reading }).run(first?.faults ?? []);
  if (!first) return checkToText(result, { palette, promised: run.rows('pre', result.bounds.eot) });
  return checkToText(result, { palette, timeline: timeline(run), ...(replay !== undefined && { replay }) });
}
