/**
 * The report of a failed expectation: a result as `ldfi run` writes it, in a file of its own, and the page to look at.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import process from 'node:process';
import { firstGiven } from '../faults/bounds.js';
import type { Bounds, Scenario } from '../faults/fault.js';
import { formatScenario } from '../faults/scenario.js';
import type { AnyProtocol } from '../protocol/types.js';
import { checkResult, type Result, resultToJson, toResult } from '../report/result.js';
import type { Verdict } from '../search/verdict.js';
import { pageOf } from './page.js';

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

/** What a report is about. */
export interface Reported {
  readonly protocol: AnyProtocol;
  readonly bounds: Bounds;
  /** The one scenario that was run, if it was no search. */
  readonly scenario?: Scenario;
  readonly verdict: Verdict;
  /** What to know about how the verdict came about. */
  readonly notice: string | undefined;
  /** The test file, where a runner tells it. */
  readonly file: string | undefined;
}

/**
 * Writes the report, each file whole or not at all.
 * @returns where it is; undefined if it is not wanted. That it cannot be written is no reason to hide why a test failed: undefined
 */
export function saveReport(reported: Reported, { reports = 'reports' }: ReportOptions): Saved | undefined {
  if (reports === false) return undefined;
  const result = resultOf(reported);
  const path = join(reports, nameOf(reported));
  const json = save(`${path}.json`, () => resultToJson(result));
  const page = save(`${path}.html`, () => pageOf(reported.protocol, result, reported.file));
  return json === undefined ? undefined : { json, page };
}

/** Writes a file, if there is a content; its path from the working folder, if that went well. */
function save(path: string, content: () => string | undefined): string | undefined {
  const temporary = join(dirname(path), `.ldfi-${process.pid}-${basename(path)}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch {
    return undefined;
  }
  try {
    const text = content();
    if (text === undefined) return undefined;
    writeFileSync(temporary, text);
    renameSync(temporary, path);
    return path.split(sep).join('/');
  } catch {
    rmSync(temporary, { force: true });
    return undefined;
  }
}

/** Equal questions have equal names, so that a test that runs again replaces its report. */
function nameOf({ protocol, bounds, scenario }: Reported): string {
  const name = protocol.name.replace(/[^\w-]+/g, '-').slice(0, 80);
  const [eot, ...others] = Object.entries(firstGiven(bounds)).map(([bound, value]) => `${bound}${value}`);
  const which = scenario ? [`scenario-${hash(formatScenario(scenario))}`] : others;
  return [name, eot, ...which].join('-');
}

/** FNV-1a. */
function hash(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h.toString(16).padStart(8, '0');
}

function resultOf({ protocol, bounds, verdict, notice, file }: Reported): Result {
  const root = file === undefined ? protocol.name : relative('', file).split(sep).join('/');
  const spec = { roots: [root], files: [root], kind: 'protocol' as const, protocol: protocol.name };
  const check = { name: 'check', bounds, expect: undefined };
  const result = checkResult(spec, check, verdict, notice === undefined ? {} : { notice });
  return toResult(version(), 'strict', {}, [result]);
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
