/**
 * `--html FOLDER`, or `--html FILE.html` for one page of everything. Apart from `page-outputs.ts`, so that only those
 * who write pages load it.
 */
import { statSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';

export const PAGES_HELP = 'write an overview and a page for each spec to this folder; FILE.html: all on one page';

export const isPage = (target: string): boolean => target === '-' || target.endsWith('.html');

/** The value of the flag. */
export function pagesTarget(text: string): string {
  if (text === '') throw new InvalidArgumentError('Name a folder, or a file that ends in .html.');
  if (!isPage(text) && statSync(text, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new InvalidArgumentError('It is a file: name a folder, or a file that ends in .html.');
  return text;
}
