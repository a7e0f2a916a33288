/**
 * Room in a picture: boxes that are taken and lines that cross it, kept in buckets by height, so that many stay cheap.
 */
import { getOrMake } from '../../core/memo.js';
import { beginning } from '../../core/text.js';

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export type Anchor = 'start' | 'middle' | 'end';

/** Width of a character and height over and under the base line, at the page's label size; at least what fonts need. */
const CHARACTER = 6.75;
const ABOVE = 11;
const BELOW = 3;
/** Characters that take the room of two. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f000}-\u{1faff}]/gu;

/** Width of a label's text. */
export const widthOf = (text: string, character = CHARACTER): number =>
  (text.length + (text.match(WIDE)?.length ?? 0)) * character;

/** As much of a text as there is room for. */
export function shortened(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  const most = Math.floor(room / CHARACTER);
  return most < 4 ? '' : `${beginning(text, most - 1)}…`;
}

export const boxOf = (x: number, y: number, width: number, anchor: Anchor): Box => ({
  left: anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x,
  right: anchor === 'middle' ? x + width / 2 : anchor === 'end' ? x : x + width,
  top: y - ABOVE,
  bottom: y + BELOW,
});

const BUCKET = 40;

function* bucketsOf(top: number, bottom: number): Generator<number> {
  for (let i = Math.floor(top / BUCKET); i <= Math.floor(bottom / BUCKET); i++) yield i;
}

/** What is taken. */
export class Room {
  private readonly boxes = new Map<number, Box[]>();
  private readonly lines = new Map<number, Line[]>();

  add(box: Box): void {
    for (const i of bucketsOf(box.top, box.bottom)) getOrMake(this.boxes, i, (): Box[] => []).push(box);
  }

  addLine(line: Line): void {
    const [top, bottom] = [Math.min(line.y1, line.y2), Math.max(line.y1, line.y2)];
    for (const i of bucketsOf(top, bottom)) getOrMake(this.lines, i, (): Line[] => []).push(line);
  }

  isFree(box: Box): boolean {
    for (const i of bucketsOf(box.top, box.bottom)) {
      for (const other of this.boxes.get(i) ?? [])
        if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)
          return false;
      for (const line of this.lines.get(i) ?? []) if (crosses(line, box)) return false;
    }
    return true;
  }
}

/** Whether a line runs through a box: it does where its stretch between the box's sides meets the box's height. */
function crosses({ x1, y1, x2, y2 }: Line, box: Box): boolean {
  const left = Math.max(box.left, Math.min(x1, x2));
  const right = Math.min(box.right, Math.max(x1, x2));
  if (left > right) return false;
  if (x1 === x2) return Math.min(y1, y2) < box.bottom && Math.max(y1, y2) > box.top;
  const slope = (y2 - y1) / (x2 - x1);
  const atLeft = y1 + slope * (left - x1);
  const atRight = y1 + slope * (right - x1);
  return Math.min(atLeft, atRight) < box.bottom && Math.max(atLeft, atRight) > box.top;
}
