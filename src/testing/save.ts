/**
 * The report of a failed expectation: a result as `ldfi run` writes it, in a file of its own, and the page to look at.
 */
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { hashOf } from '../core/hash.js';
import type { SourceFile } from '../dedalus/ast.js';
import { boundValues } from '../faults/bounds.js';
import type { Scenario } from '../faults/fault.js';
import { formatScenario } from '../faults/scenario.js';
import { pageOf, version } from '../files/package.js';
import { mayOverwrite, writeWhole } from '../files/write.js';
import type { Answer } from '../report/answer.js';
import { resultToJson, toResult } from '../report/result.js';

export interface ReportOptions {
  /** Folder for reports of what fails, from the working folder; false for none. Default: `reports`. */
  readonly reports?: string | false;
}

/** Paths of a report from the working folder. */
export interface Saved {
  readonly json: string;
  /** To look at in a browser; undefined if there is none. */
  readonly page: string | undefined;
}

/**
 * Writes the report, each file whole or not at all.
 * @param scenario the one that was run, if it was no search
 * @returns where it is; undefined if it is not wanted. That it cannot be written is no reason to hide why a test
 * failed: undefined
 */
export function saveReport(
  { check }: Answer,
  files: readonly SourceFile[],
  scenario: Scenario | undefined,
  { reports = 'reports' }: ReportOptions,
): Saved | undefined {
  if (reports === false) return undefined;
  const result = toResult(version(), 'strict', {}, [check]);
  // Equal questions have equal names, so that a test that runs again replaces its report.
  const name = (check.spec.protocol ?? '').replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-').slice(0, 80);
  const [eot, ...others] = boundValues(check.bounds).map(([bound, value]) => `${bound}${value}`);
  const which = scenario ? [`scenario-${hashOf(formatScenario(scenario))}`] : others;
  const path = join(reports, [name, eot, ...which].join('-'));
  const json = save(`${path}.json`, () => resultToJson(result));
  const page = save(`${path}.html`, () =>
    pageOf(result, files, json === undefined ? undefined : { path: json, names: [check.name] }),
  );
  return json === undefined ? undefined : { json, page };
}

/** Writes a file; its path from the working folder, if that went well. */
function save(path: string, text: () => string): string | undefined {
  try {
    if (!mayOverwrite(path)) return undefined;
    writeWhole(path, text());
    return path.split(sep).join('/');
  } catch {
    return undefined;
  }
}

/** A test file as a source, if it is known: it may well define the protocol. */
export function sourceOf(file: string | undefined): SourceFile[] {
  if (file === undefined) return [];
  const path = relative('', file).split(sep).join('/');
  try {
    return [{ path, text: readFileSync(file, 'utf8') }];
  } catch {
    return [{ path, text: '' }];
  }
}
