/**
 * The HTML report of models as one string.
 */
import type { ReportModel } from '../model.js';
import { xmlText } from '../reporters/escape.js';
import { framed, type PageAssets } from './frame.js';
import { checkToText } from './text.js';

const titleOf = (roots: readonly string[]): string => `ldfi: ${roots.join(', ')}`;

/** The title of the page about some specs, as HTML. */
export const pageTitle = (roots: readonly string[]): string => xmlText(titleOf(roots));

/** The whole file. The same model and assets give the same bytes. */
export function reportHtml(model: ReportModel, assets: PageAssets): string {
  const { overview } = model;
  const { checks, tool } = model.result;
  const roots = [...new Set(checks.flatMap(({ spec }) => spec.roots))];
  return framed(
    {
      version: tool.version,
      title: titleOf(roots),
      heading: roots.join(', '),
      plain: checks.map((check) => checkToText(check)).join('\n'),
      way: overview === undefined ? undefined : `<p><a href="${xmlText(overview)}">All checks</a></p>`,
      data: model,
    },
    assets,
  );
}
