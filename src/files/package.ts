/**
 * What `ldfi` reads of its own package: its version, and the page that the build has made.
 */
import { readFileSync } from 'node:fs';
import type { SourceFile } from '../dedalus/ast.js';
import type { PageAssets } from '../report/formats/frame.js';
import { reportHtml } from '../report/formats/html.js';
import { reportModel } from '../report/model.js';
import type { Result } from '../report/result.js';

const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as T;

export const version = (): string => read<{ version: string }>('../../package.json').version;

/** The page of a result. @throws if the package was not built: run from source, there is none */
export const pageOf = (result: Result, files: readonly SourceFile[]): string =>
  reportHtml(reportModel(result, files), read<PageAssets>('../page/assets.json'));

/** The playground. @throws if the package was not built */
export const playgroundPage = (): string => readFileSync(new URL('../page/playground.html', import.meta.url), 'utf8');

/** What the page of experiments is made of. @throws if the package was not built */
export const livePage = (): PageAssets => read<PageAssets>('../page/live.json');
