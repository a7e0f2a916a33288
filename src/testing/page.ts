/**
 * The HTML report of a failed expectation, beside its result. Only a built package has the page; run from source there is none.
 */
import { readFileSync } from 'node:fs';
import type { SourceFile } from '../dedalus/ast.js';
import type { AnyProtocol } from '../protocol/types.js';
import { type PageAssets, reportHtml } from '../report/html.js';
import { reportModel } from '../report/model.js';
import { learnFromRuns } from '../report/provenance/learned/knowledge.js';
import type { Result } from '../report/result.js';
import { systemOf } from './check.js';

/**
 * The whole file, or undefined if this package was not built.
 * @param file the test file, if known; it may well define the protocol
 * @throws LdfiError for handlers that do what they must not
 */
export function pageOf(protocol: AnyProtocol, result: Result, file: string | undefined): string | undefined {
  const assets = builtPage();
  if (!assets) return undefined;
  // A test that fails should not take long: what a reader is likely to ask is known from runs alone.
  const learned = result.checks.map((check) => learnFromRuns(systemOf(protocol, check.bounds), check));
  return reportHtml(reportModel(result, sourcesOf(result, file), learned), assets);
}

function builtPage(): PageAssets | undefined {
  try {
    return JSON.parse(readFileSync(new URL('../page/assets.json', import.meta.url), 'utf8')) as PageAssets;
  } catch {
    return undefined;
  }
}

function sourcesOf({ checks }: Result, file: string | undefined): SourceFile[] {
  const path = checks[0]?.spec.roots[0];
  if (file === undefined || path === undefined) return [];
  try {
    return [{ path, text: readFileSync(file, 'utf8') }];
  } catch {
    return [];
  }
}
