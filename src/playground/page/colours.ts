/**
 * Colours of the text in the editor: a class for each piece of what is in sight.
 */
import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { type Piece, pieces } from '../../editor/highlight.js';

/** Longer texts, in characters, stay without colours. */
const MOST = 300_000;

const marks = new Map<Piece['look'], Decoration>();

function markOf(look: Piece['look']): Decoration {
  const known = marks.get(look) ?? Decoration.mark({ class: `ded-${look}` });
  marks.set(look, known);
  return known;
}

class Colours {
  decorations: DecorationSet;
  private all: readonly Piece[] = [];

  constructor(view: EditorView) {
    this.all = this.read(view);
    this.decorations = this.inSight(view);
  }

  update({ docChanged, viewportChanged, view }: ViewUpdate): void {
    if (docChanged) this.all = this.read(view);
    if (docChanged || viewportChanged) this.decorations = this.inSight(view);
  }

  private read({ state: { doc } }: EditorView): readonly Piece[] {
    return doc.length > MOST ? [] : pieces(doc.toString());
  }

  private inSight({ viewport: { from, to } }: EditorView): DecorationSet {
    const builder = new RangeSetBuilder<Decoration>();
    for (const { start, end, look } of this.all) if (end > from && start < to) builder.add(start, end, markOf(look));
    return builder.finish();
  }
}

export const colours = ViewPlugin.fromClass(Colours, { decorations: ({ decorations }) => decorations });
