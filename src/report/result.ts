/**
 * The result of a run of the tool, as it is written to JSON and read back: one versioned schema.
 */
import { isBrokenAt } from '../core/outcome.js';
import type { SourceFile } from '../dedalus/ast.js';
import type { LineageSize } from '../lineage/port.js';
import type { Check } from '../search/check.js';
import type { SearchOptions } from '../search/events.js';
import type { Counterexample, Verdict } from '../search/verdict.js';
import type { Invariant } from '../simulator/outcome.js';
import { coverageTable } from './coverage.js';
import { type CheckResult, type CounterexampleResult, type Result, SCHEMA_VERSION } from './schema.js';

export type { CheckResult, CounterexampleResult, Result } from './schema.js';

/** The files of a check's program. */
export type SpecFiles = CheckResult['spec'];

/** Names of the files of a program. */
export const specFiles = (roots: readonly string[], files: readonly SourceFile[]): SpecFiles => ({
  roots: [...roots],
  files: files.map(({ path }) => path),
});

/** What a result may say beside the verdict. */
export type ResultExtras = Partial<
  Pick<CheckResult, 'otherReading' | 'explored' | 'vacuous' | 'notice' | 'reached' | 'learned' | 'durable' | 'strict'>
>;

/** A check and its verdict as data. */
export function checkResult(spec: SpecFiles, check: Check, verdict: Verdict, extras: ResultExtras = {}): CheckResult {
  const { statistics } = verdict;
  return {
    name: check.name,
    spec,
    bounds: { ...check.bounds, nodes: [...check.bounds.nodes] },
    ...(extras.durable && { durable: [...extras.durable] }),
    ...(check.expect && { expect: check.expect }),
    ...(check.allow && { allow: [...check.allow] }),
    verdict: verdict.kind,
    complete: verdict.complete,
    ...(verdict.stopped && { stopped: verdict.stopped }),
    ...(verdict.detail !== undefined && { detail: verdict.detail }),
    ...(verdict.promises && { promises: verdict.promises }),
    ...(extras.vacuous !== undefined && { vacuous: extras.vacuous }),
    ...(extras.reached &&
      isOpen(verdict) && {
        reached: { ...extras.reached, ...(statistics.exact && { exact: { ...statistics.exact } }) },
      }),
    executions: statistics.executions,
    minimalityRuns: statistics.minimalityRuns,
    lineage: statistics.lineage ? sizeOf(statistics.lineage) : { mode: 'none', atoms: 0, instances: 0 },
    solver: { variables: statistics.variables, clauses: statistics.clauses, calls: statistics.solverCalls },
    ...(extras.otherReading && { otherReading: extras.otherReading }),
    ...(extras.notice !== undefined && { notice: extras.notice }),
    ...(verdict.warnings.length > 0 && { warnings: [...verdict.warnings] }),
    ...(extras.strict && { strict: extras.strict }),
    ...(verdict.coverage && { coverage: coverageTable(verdict.coverage) }),
    counterexamples: verdict.counterexamples.map(counterexampleResult),
    ...(extras.explored && { explored: extras.explored }),
    ...(extras.learned && { learned: extras.learned }),
  };
}

/** Whether it matters how far a search came. */
const isOpen = ({ kind, statistics: { exact } }: Verdict): boolean => kind === 'inconclusive' || exact !== undefined;

/** The size as it is now: learned lineage grows. */
const sizeOf = ({ mode, atoms, instances }: LineageSize): LineageSize => ({ mode, atoms, instances });

function counterexampleResult({ faults, witnesses, minimality, class: number }: Counterexample): CounterexampleResult {
  return {
    faults: [...faults],
    witnesses: witnesses.map((one) => (isBrokenAt(one) ? { tick: one.tick, row: [...one.row] } : [...one])),
    minimality: minimality.map((witness) => ({ ...witness })),
    class: number,
  };
}

/** The checks of one run of the tool together. */
export function toResult(version: string, invariant: Invariant, options: SearchOptions, checks: CheckResult[]): Result {
  const { strategy = 'lineage', seed = 1 } = options;
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'ldfi', version },
    strategy,
    invariant,
    ...(strategy === 'random' && { seed }),
    checks,
  };
}

/**
 * The result as text: two-space JSON with a line end, the same bytes for the same result, safe to print. What was
 * learned, which people do not read, is on one line.
 */
export function resultToJson(result: Result): string {
  const checks = result.checks.map(({ learned, ...check }) => {
    const text = indented(check, 4);
    return learned ? `${text.slice(0, -'\n    }'.length)},\n      "learned": ${JSON.stringify(learned)}\n    }` : text;
  });
  const head = indented({ ...result, checks: [] }, 0).slice(0, -']\n}'.length);
  const list = checks.map((check) => `\n    ${check}`).join(',');
  return `${printableJson(`${head}${list}${list === '' ? '' : '\n  '}]\n}`)}\n`;
}

/** Line ends stand only between the parts of JSON, never in its strings. */
const indented = (value: unknown, columns: number): string =>
  JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${' '.repeat(columns)}`);

/**
 * JSON of the same meaning without characters that could drive a terminal or turn its text around: they are written
 * `\uXXXX`.
 */
export function printableJson(json: string): string {
  return json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
