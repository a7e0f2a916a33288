/**
 * The model of an HTML report: the result, and the sources that the page needs to run the spec itself. Versioned like the result.
 */
import type { SourceFile } from '../dedalus/ast.js';
import type { Result } from './schema.js';

/** Grows by one when an older page could misread the data. */
export const MODEL_VERSION = 1;

export interface ReportModel {
  readonly schemaVersion: typeof MODEL_VERSION;
  readonly result: Result;
  /** All files of the specs, by the names that the result uses. */
  readonly files: readonly SourceFile[];
}

export const reportModel = (result: Result, files: readonly SourceFile[]): ReportModel => ({
  schemaVersion: MODEL_VERSION,
  result,
  files: files.map(({ path, text }) => ({ path, text })),
});
