/**
 * What the editor shows of the thing under the cursor, may put there, and marks as wrong: what `src/editor` and the
 * front end say, in CodeMirror's form.
 */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Diagnostic as Problem } from '@codemirror/lint';
import type { Tooltip } from '@codemirror/view';
import { visible } from '../../core/text.js';
import type { LoadResult } from '../../dedalus/load.js';
import { complete } from '../../editor/completion.js';
import { fixes, type QuickFix } from '../../editor/fixes.js';
import { hover } from '../../editor/hover.js';
import { h } from '../../report/page/dom.js';
import { fromMarkdown } from './markdown.js';

/** A program, and the number of the file that is looked at. */
export interface Look {
  readonly loaded: LoadResult;
  readonly file: number;
}

/** Characters behind which something may be offered although nothing is typed of it yet. */
const TRIGGERS = /[@=(]$/;

export function completionsAt(context: CompletionContext, look: Look | undefined): CompletionResult | null {
  const { pos, explicit, state } = context;
  if (!look) return null;
  const { start, items } = complete(look.loaded, { file: look.file, offset: pos });
  const isAsked = explicit || start < pos || TRIGGERS.test(state.sliceDoc(Math.max(0, pos - 1), pos));
  if (!isAsked || items.length === 0) return null;
  const options = items.map(({ label, text, kind, detail, documentation }): Completion => {
    const info = documentation === '' ? {} : { info: () => h('div.hover', fromMarkdown(documentation)) };
    return { label: visible(label), apply: text, type: kind, detail: visible(detail), ...info };
  });
  return { from: start, options, validFor: /^[A-Za-z0-9_.?@]*$/ };
}

export function hoverAt(look: Look | undefined, offset: number): Tooltip | null {
  const shown = look && hover(look.loaded, { file: look.file, offset });
  if (!shown) return null;
  return {
    pos: shown.span.start,
    end: shown.span.end,
    create: () => ({ dom: h('div.hover', fromMarkdown(shown.markdown)) }),
  };
}

/** @param mend makes the edits of a fix */
export function problemsIn({ loaded, file }: Look, mend: (fix: QuickFix) => void): Problem[] {
  const { length } = loaded.files[file]?.text ?? '';
  return loaded.diagnostics.flatMap((diagnostic): Problem[] => {
    const { severity, message, span, hint } = diagnostic;
    if (span.file !== file) return [];
    const own = fixes(loaded, file, span.start, span.end).filter((fix) => fix.diagnostic === diagnostic);
    const from = Math.min(span.start, length);
    return [
      {
        from,
        to: Math.min(Math.max(span.end, from + 1), length),
        severity,
        message: visible(message) + (hint === undefined ? '' : `; ${visible(hint)}`),
        actions: own.map((fix) => ({ name: fix.title, apply: () => mend(fix) })),
      },
    ];
  });
}
