/**
 * What the checks of the spec remark on: each with its line underlined, a link to it, and what to write instead.
 */
import { frameOf } from '../../dedalus/frame.js';
import { locate } from '../../dedalus/locate.js';
import { plural } from '../words.js';
import type { Context } from './context.js';
import { h } from './dom.js';
import { sourceLink } from './source.js';

/** Most warnings that are shown without being asked for. */
const FEW = 3;

export function renderWarnings(context: Context): HTMLElement[] {
  const { diagnostics, files } = context.engine;
  if (diagnostics.length === 0) return [];
  const items = diagnostics.map(({ severity, message, span, hint }) => {
    const { path, line } = locate(files, span);
    const frame = frameOf(files, span);
    const link = sourceLink({ file: path, line, text: '' }, context);
    const code =
      frame &&
      h(
        'code.frame',
        frame.source.slice(0, frame.indent),
        h('u', frame.source.slice(frame.indent, frame.indent + frame.width)),
        frame.source.slice(frame.indent + frame.width),
      );
    return h(
      'li',
      h('div', h('b.mark.warn', `! ${severity}: `), message, ' ', link),
      code,
      hint === undefined ? undefined : h('div.hint', `Hint: ${hint}`),
    );
  });
  const summary = h('summary', `${plural(items.length, 'warning')} about the spec, none of which stops the search`);
  const list = h('details', { open: items.length <= FEW }, summary, h('ul.warnings', items));
  return [h('h3', 'Warnings'), list];
}
