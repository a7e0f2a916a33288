/**
 * The pages of many specs: an overview of all checks, and one page for each spec. Like every output a pure function of
 * what was found.
 */
import { groupBy } from '../../core/memo.js';
import type { SourceFile } from '../../dedalus/ast.js';
import { namesOf } from '../check-names.js';
import type { PageAssets } from '../formats/frame.js';
import { reportHtml } from '../formats/html.js';
import { reportModel } from '../model.js';
import type { UnreadableSpec } from '../reporters/index.js';
import type { CheckResult, Result } from '../schema.js';
import { type OverviewCheck, overviewHtml } from './overview.js';
import { OVERVIEW, pageNames } from './page-names.js';

/** What the pages are about. */
export interface Site {
  readonly result: Result;
  readonly files: readonly SourceFile[];
  readonly unread: readonly UnreadableSpec[];
  /** The file of the result, as seen from the working folder. */
  readonly saved?: string;
  /** How long each check took, in milliseconds; left out if that is not to be said. */
  readonly took?: readonly number[];
}

export interface SitePage {
  /** As seen from the folder of the overview. */
  readonly path: string;
  readonly text: string;
}

/** A spec, and which checks of the result are its own. */
interface Spec {
  readonly roots: readonly string[];
  readonly numbers: readonly number[];
}

function specsOf(checks: readonly CheckResult[]): Spec[] {
  const numbers = checks.map((_, i) => i);
  const specs = groupBy(numbers, (i) => JSON.stringify(checks[i]?.spec.roots));
  return [...specs.values()].map((own) => ({ roots: checks[own[0]]?.spec.roots ?? [], numbers: own }));
}

/** The pages of the specs, one after another: together they may be large. */
export function* specPages({ result, files, saved }: Site, assets: PageAssets): Generator<SitePage> {
  const specs = specsOf(result.checks);
  const paths = pageNames(specs.map(({ roots }) => roots));
  const names = namesOf(result.checks);
  for (const [i, { numbers }] of specs.entries()) {
    const path = paths[i] as string;
    const checks = numbers.map((number) => result.checks[number] as CheckResult);
    const own = new Set(checks.flatMap(({ spec }) => spec.files));
    const model = reportModel(
      { ...result, checks },
      files.filter((file) => own.has(file.path)),
      {
        overview: '../'.repeat(path.split('/').length - 1) + OVERVIEW,
        ...(saved !== undefined && {
          saved: { path: saved, names: numbers.map((number) => names[number] as string) },
        }),
      },
    );
    yield { path, text: reportHtml(model, assets) };
  }
}

/** The overview, with links to those pages. */
export function overviewPage({ result, unread, took }: Site, assets: PageAssets): SitePage {
  const specs = specsOf(result.checks);
  const paths = pageNames(specs.map(({ roots }) => roots));
  const checks = specs.flatMap(({ numbers }, i) => {
    const own = numbers.map((number) => result.checks[number] as CheckResult);
    const names = namesOf(own);
    return numbers.map((number, k): OverviewCheck => {
      const time = took?.[number];
      return {
        check: own[k] as CheckResult,
        address: addressOf(paths[i] as string, names[k] as string),
        ...(time !== undefined && { took: time }),
      };
    });
  });
  return { path: OVERVIEW, text: overviewHtml({ version: result.tool.version, checks, unread }, assets) };
}

/** The address of a check in the page of its spec, as seen from the overview. */
const addressOf = (path: string, name: string): string =>
  `${path.split('/').map(encodeURIComponent).join('/')}#${new URLSearchParams({ check: name })}`;
