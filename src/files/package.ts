/**
 * What `ldfi` reads of its own package: its version, and the pages that the build has made.
 */
import { readFileSync } from 'node:fs';
import type { SourceFile } from '../dedalus/ast.js';
import { blazesHtml } from '../report/blazes/page.js';
import type { BlazesResult } from '../report/blazes/schema.js';
import type { Calm } from '../report/calm/model.js';
import { calmHtml, type Views } from '../report/calm/page.js';
import type { PageAssets } from '../report/formats/frame.js';
import { reportHtml } from '../report/formats/html.js';
import { frontiersHtml } from '../report/frontier/page.js';
import type { Frontiers } from '../report/frontier/schema.js';
import { reportModel, type SavedResult } from '../report/model.js';
import { overviewPage, type Site, type SitePage, specPages } from '../report/overview/site.js';
import type { Result } from '../report/result.js';
import { stalenessHtml } from '../report/staleness/page.js';
import type { StalenessResult } from '../report/staleness/schema.js';

const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as T;

export const version = (): string => read<{ version: string }>('../../package.json').version;

const reportPage = (): PageAssets => read<PageAssets>('../page/assets.json');

/**
 * The page of a result.
 * @param saved the file of the result, if there is one
 * @throws if the package was not built: run from source, there is none
 */
export const pageOf = (result: Result, files: readonly SourceFile[], saved?: SavedResult): string =>
  reportHtml(reportModel(result, files, saved && { saved }), reportPage());

/** The pages of the specs, which are large and made one by one, and the overview. @throws as `pageOf` */
export const pagesOf = (site: Site): { readonly specs: Iterable<SitePage>; readonly overview: SitePage } => ({
  specs: specPages(site, reportPage()),
  overview: overviewPage(site, read<PageAssets>('../page/overview.json')),
});

/** The page of frontiers. @throws if the package was not built */
export const frontierPage = (frontiers: Frontiers): string =>
  frontiersHtml(frontiers, read<PageAssets>('../page/frontier.json'));

/** The page of staleness. @throws if the package was not built */
export const stalenessPage = (result: StalenessResult): string =>
  stalenessHtml(result, read<PageAssets>('../page/staleness.json'));

/** The page of a topology. @throws if the package was not built */
export const blazesPage = (result: BlazesResult): string => blazesHtml(result, read<PageAssets>('../page/blazes.json'));

/** The page of outputs. @throws if the package was not built */
export const calmPage = (found: Calm & { readonly views: Views }): string =>
  calmHtml(found, read<PageAssets>('../page/calm.json'));

/** The playground. @throws if the package was not built */
export const playgroundPage = (): string => readFileSync(new URL('../page/playground.html', import.meta.url), 'utf8');

/** What the page of experiments is made of. @throws if the package was not built */
export const livePage = (): PageAssets => read<PageAssets>('../page/live.json');
