/**
 * The problems of all files of the program, below the editor: each leads to its place, and what mends it is a button.
 */
import type { Span } from '../../dedalus/ast.js';
import type { LoadResult } from '../../dedalus/load.js';
import { locate } from '../../dedalus/locate.js';
import { fixes, type QuickFix } from '../../editor/fixes.js';
import { button, h } from '../../report/page/dom.js';
import { renew } from '../../report/page/focus.js';
import { plural } from '../../report/words.js';

export interface ProblemEvents {
  show(span: Span): void;
  mend(fix: QuickFix): void;
}

export class Problems {
  private readonly count = h('p.count', { 'aria-live': 'polite' });
  private readonly list = h('ul');
  readonly element = h('section.problems', { 'aria-label': 'Problems' }, this.count, this.list);

  constructor(private readonly events: ProblemEvents) {}

  show(loaded: LoadResult): void {
    const { diagnostics } = loaded;
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    const parts = [
      ...(errors > 0 ? [plural(errors, 'mistake')] : []),
      ...(diagnostics.length > errors ? [plural(diagnostics.length - errors, 'warning')] : []),
    ];
    const words = parts.length === 0 ? 'No problems' : parts.join(', ');
    if (this.count.textContent !== words) this.count.textContent = words;
    this.element.classList.toggle('wrong', errors > 0);
    renew(this.list, ...diagnostics.map((one) => this.item(loaded, one)));
  }

  private item(loaded: LoadResult, diagnostic: LoadResult['diagnostics'][number]): HTMLElement {
    const { severity, message, span, hint } = diagnostic;
    const { path, line, column } = locate(loaded.files, span);
    const own = fixes(loaded, span.file, span.start, span.end).filter((fix) => fix.diagnostic === diagnostic);
    const place = `${path.slice(path.lastIndexOf('/') + 1)}:${line}:${column}`;
    return h(
      'li',
      h('b', { class: severity === 'error' ? 'mark bad' : 'mark warn' }, severity === 'error' ? '✗ ' : '! '),
      button(place, () => this.events.show(span), { class: 'link', title: path }),
      ` ${message}`,
      hint === undefined ? undefined : h('span.hint', `. Hint: ${hint} `),
      own.map((fix) => button(fix.title, () => this.events.mend(fix), { class: 'fix' })),
    );
  }
}
