/**
 * The model of an HTML report: the result, and what the page needs to run its scenarios itself: the sources of a spec,
 * or what was learned of a protocol. Versioned like the result.
 */
import type { SourceFile } from '../dedalus/ast.js';
import type { Learned } from './provenance/learned/knowledge.js';
import type { Result } from './schema.js';

/** Grows by one when an older page could misread the data. */
const MODEL_VERSION = 1;

/** The file of the result, for the commands that the page shows. */
export interface SavedResult {
  /** As seen from the working folder. */
  readonly path: string;
  /** What the checks of the page are called there, in their order. */
  readonly names: readonly string[];
}

/** Where a page stands among the files that are written with it. */
export interface Surroundings {
  readonly saved?: SavedResult;
  /** The address of the overview, as seen from the page. */
  readonly overview?: string;
}

export interface ReportModel extends Surroundings {
  readonly schemaVersion: typeof MODEL_VERSION;
  readonly result: Result;
  /** All files of the specs, by the names that the result uses. */
  readonly files: readonly SourceFile[];
  /** Per check: of a protocol, what was learned of it; null for Dedalus programs. Left out if all are those. */
  readonly learned?: readonly (Learned | null)[];
}

export function reportModel(
  result: Result,
  files: readonly SourceFile[],
  { saved, overview }: Surroundings = {},
): ReportModel {
  const learned = result.checks.map((check) => check.learned ?? null);
  return {
    schemaVersion: MODEL_VERSION,
    ...(overview !== undefined && { overview }),
    ...(saved && { saved }),
    result: { ...result, checks: result.checks.map(({ learned: _, ...check }) => check) },
    files: files.map(({ path, text }) => ({ path, text })),
    ...(learned.some((one) => one !== null) && { learned }),
  };
}
