/**
 * The spec's source with a number at every line, so that rules named elsewhere can be looked up.
 */
import type { SourceFile } from '../../dedalus/ast.js';
import type { Source } from '../provenance/views.js';
import type { Context } from './context.js';
import { button, h, scroller } from './dom.js';

/** Most lines of a file that are shown. */
const MOST_LINES = 5000;

/** A link to a place in the source. */
export const sourceLink = (source: Source, { act }: Pick<Context, 'act'>): HTMLElement =>
  button(`${source.file}:${source.line}`, () => act.source(source), { class: 'link small' });

/** Where the source of a spec is to be seen. */
export interface Sources {
  readonly element?: HTMLElement;
  show(files: readonly SourceFile[]): void;
  /** Shows a line. */
  reveal(source: Source): void;
}

export class SourcePanel implements Sources {
  readonly element = h('div.sources');
  private readonly lines = new Map<string, HTMLElement>();

  show(files: readonly SourceFile[]): void {
    this.lines.clear();
    this.element.replaceChildren(...files.map((file, i) => this.file(file, i === 0)));
  }

  private file({ path, text }: SourceFile, open: boolean): HTMLElement {
    const lines = text.split(/\r?\n/).slice(0, MOST_LINES);
    if (lines.at(-1) === '') lines.pop();
    const items = lines.map((line, i) => {
      const item = h('li', h('code', { class: isComment(line) ? 'comment' : undefined }, line.replaceAll('\t', '  ')));
      this.lines.set(`${path}:${i + 1}`, item);
      return item;
    });
    return h('details', { open }, h('summary', path), scroller(path, h('ol.source', items)));
  }

  /** Opens the file and shows the line. */
  reveal({ file, line }: Source): void {
    const item = this.lines.get(`${file}:${line}`);
    for (const old of this.element.querySelectorAll('.target')) old.classList.remove('target');
    if (!item) return;
    const details = item.closest('details');
    if (details) details.open = true;
    item.classList.add('target');
    item.tabIndex = -1;
    item.scrollIntoView({ block: 'center' });
    item.focus({ preventScroll: true });
  }
}

const isComment = (line: string): boolean => /^\s*(\/\/|\/?\*)/.test(line);
