/**
 * What stands between a verdict and a green: the warnings beside it, with their lines and what to do; and what the runs
 * of the search have covered.
 */
import { coverageRows } from '../coverage.js';
import type { CheckResult } from '../schema.js';
import { remedyOf } from '../warnings.js';
import { plural } from '../words.js';
import type { Context } from './context.js';
import { h } from './dom.js';
import { sourceLink } from './source.js';

/** Most warnings that are shown without being asked for. */
const FEW = 3;

export function renderGates(context: Context): HTMLElement[] {
  const { warnings = [], strict } = context.engine.check;
  if (warnings.length === 0) return [];
  const items = warnings.map(({ code, message, place }) => {
    const isPlace = place && 'path' in place;
    const remedy = remedyOf({ code });
    return h(
      'li',
      h('div', h('b.mark.warn', '! '), message, ' ', h('code', code)),
      isPlace ? h('div', sourceLink({ file: place.path, line: place.line, text: '' }, context), ' ') : undefined,
      isPlace && place.text ? h('code.frame', place.text) : undefined,
      remedy === '' ? undefined : h('div.hint', `Remedy: ${remedy}`),
    );
  });
  const effect = strict ? ': under --strict this is no green' : '';
  const summary = h('summary', `${plural(items.length, 'warning')} beside this verdict${effect}`);
  return [h('details.gates', { open: items.length <= FEW }, summary, h('ul.warnings', items))];
}

export function renderCoverage({ coverage, executions }: CheckResult): HTMLElement[] {
  if (!coverage) return [];
  const heads = ['What', 'In the runs', 'Can matter, at most', 'Of', 'Which'];
  const rows = coverageRows(coverage).map(({ what, covered, atMost, all, details }) =>
    h(
      'tr',
      h('th', { scope: 'row' }, what),
      h('td', String(covered)),
      h('td', String(atMost)),
      h('td', String(all)),
      h('td', details),
    ),
  );
  return [
    h('h3', 'Coverage'),
    h('p.hint', `What ${plural(executions, 'run')} of the search went through. A proof covers all that can matter.`),
    h(
      'table.coverage',
      h('thead', h('tr', ...heads.map((head) => h('th', { scope: 'col' }, head)))),
      h('tbody', ...rows),
    ),
  ];
}
