/**
 * HTML as an output: one page of everything, or a folder with an overview and a page for each spec.
 */
import { join } from 'node:path';
import { pageOf, pagesOf } from '../../files/package.js';
import { namesOf } from '../../report/check-names.js';
import { OVERVIEW } from '../../report/overview/page-names.js';
import { resultToJson } from '../../report/result.js';
import { shown } from './files.js';
import type { Output, Searched } from './outputs.js';
import { isPage } from './pages-flag.js';

/** The result that commands on the pages are about, where it is written nowhere else. */
const OWN_RESULT = 'ldfi.json';

export interface PagesOptions {
  /** Files that `ldfi` has not written may be replaced. */
  readonly force?: boolean | undefined;
  /** Whether the overview says how long checks took. */
  readonly timed?: boolean | undefined;
}

/** @param target a file that ends in .html, `-` for stdout, or else a folder */
export const pagesOutput = (flag: string, target: string, options: PagesOptions = {}): Output =>
  isPage(target) ? pageOutput(flag, target) : folderOutput(flag, target, options);

export const pageOutput = (flag: string, path: string): Output => ({
  flag,
  label: 'Report',
  path,
  keepsLearned: true,
  text: ({ result, files }, saved) =>
    pageOf(result, files, saved === undefined ? undefined : { path: saved, names: namesOf(result.checks) }),
});

/** An overview, and a page for each spec. */
export function folderOutput(flag: string, folder: string, { force = false, timed = false }: PagesOptions): Output {
  const ownResult = join(folder, OWN_RESULT);
  const site = ({ result, files, unread, took }: Searched, saved = shown(ownResult)) =>
    pagesOf({ result, files, unread, saved, ...(timed && took && { took }) });
  return {
    flag,
    label: 'Report',
    path: join(folder, OVERVIEW),
    keepsLearned: true,
    text: (found, saved) => site(found, saved).overview.text,
    force,
    *others(found, saved) {
      if (saved === undefined) yield { path: ownResult, text: resultToJson(found.result) };
      for (const { path, text } of site(found, saved).specs) yield { path: join(folder, path), text };
    },
  };
}
