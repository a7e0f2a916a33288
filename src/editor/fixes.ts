/**
 * Quick fixes: what a diagnostic suggests, as an edit. The parts of the front end that suggest something say what the
 * edit is; here it gets its title, and a misspelt relation can be mended wherever it stands.
 */
import { visible } from '../core/text.js';
import type { Diagnostic, Fix } from '../dedalus/diagnostic.js';
import type { LoadResult } from '../dedalus/load.js';
import { usesOf } from './place.js';

export interface QuickFix {
  readonly title: string;
  readonly diagnostic: Diagnostic;
  readonly edits: readonly Fix[];
  /** Whether it is the one that is most likely meant. */
  readonly isPreferred: boolean;
}

/** The fixes of the diagnostics that touch a range of a file. */
export function fixes({ diagnostics, tree, files }: LoadResult, file: number, start: number, end: number): QuickFix[] {
  return diagnostics.flatMap((diagnostic): QuickFix[] => {
    const { span, fix } = diagnostic;
    if (!fix || span.file !== file || span.start > end || span.end < start) return [];
    const written = (files[fix.span.file]?.text ?? '').slice(fix.span.start, fix.span.end);
    const one = { title: titleOf(written, fix.text), diagnostic, edits: [fix], isPreferred: true };
    if (diagnostic.code !== 'never-derived') return [one];
    const all = usesOf(tree).filter(({ name, span: own }) => name === written && own.file === file);
    if (all.length < 2) return [one];
    const edits = all.map((use) => ({ span: use.span, text: fix.text }));
    return [one, { ...one, title: `${one.title} in all ${all.length} places of this file`, edits, isPreferred: false }];
  });
}

function titleOf(written: string, text: string): string {
  if (written === '') return `Insert \`${visible(text)}\``;
  return text === '' ? `Remove \`${visible(written)}\`` : `Replace \`${visible(written)}\` by \`${visible(text)}\``;
}
