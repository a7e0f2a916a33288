/**
 * Finds words in what stands on the page, block by block: a sentence that is partly bold, or a row of a table, is read
 * as one text.
 */

/** Where a text was found. */
export interface Place {
  /** What it is in: a paragraph, an item, a row. */
  readonly block: Element;
  readonly range: Range;
}

/** What is read as one text; the cells of a row are. */
const BLOCK = 'tr, li, p, h1, h2, h3, dt, dd, summary, caption, figcaption, button, .row, .frame, section, main';
/** What nobody reads, or what is searched otherwise. */
const LEFT_OUT = '[hidden], svg, select, .unseen, .transcript, .legend, .search';

interface Piece {
  readonly node: Text;
  /** Where it begins in the text of its block. */
  readonly start: number;
}

interface Block {
  readonly pieces: Piece[];
  text: string;
}

/** All places, in the order of the page. @param wanted in lower case, not empty */
export function placesOf(root: Element, wanted: string): Place[] {
  const places: Place[] = [];
  for (const [block, { pieces, text }] of blocksIn(root)) {
    const lower = text.toLowerCase();
    // Where letters change their number with their case, places would be wrong.
    const searched = lower.length === text.length ? lower : text;
    for (let at = searched.indexOf(wanted); at >= 0; at = searched.indexOf(wanted, at + wanted.length))
      places.push({ block, range: rangeOf(pieces, at, at + wanted.length) });
  }
  return places;
}

function blocksIn(root: Element): Map<Element, Block> {
  const blocks = new Map<Element, Block>();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.matches(LEFT_OUT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node instanceof Text && node.data !== '' ? node.parentElement?.closest(BLOCK) : undefined;
    if (!element || !(node instanceof Text)) continue;
    const block = blocks.get(element) ?? { pieces: [], text: '' };
    blocks.set(element, block);
    // Cells of a row are apart.
    if (block.text !== '' && element.matches('tr')) block.text += ' ';
    block.pieces.push({ node, start: block.text.length });
    block.text += node.data;
  }
  return blocks;
}

function rangeOf(pieces: readonly Piece[], from: number, to: number): Range {
  const range = new Range();
  const [first, last] = [pieceAt(pieces, from), pieceAt(pieces, to - 1)];
  if (first) range.setStart(first.node, Math.min(from - first.start, first.node.length));
  if (last) range.setEnd(last.node, Math.min(to - last.start, last.node.length));
  return range;
}

const pieceAt = (pieces: readonly Piece[], at: number): Piece | undefined =>
  pieces.findLast(({ start }) => start <= at);
