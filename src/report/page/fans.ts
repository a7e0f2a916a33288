/**
 * Fans: the same sent by one node to many at one tick. Few of them share a label; where a tick is crowded a fan is one
 * mark, which a click opens.
 */
import { groupBy } from '../../core/memo.js';
import type { Arrow, Fan } from './marks.js';

/** Fewest receivers of a fan, and most arrows of a tick that are drawn one by one. */
const LEAST = 3;
const MOST = 24;

export interface Picture {
  readonly arrows: readonly Arrow[];
  readonly fans: readonly Fan[];
  /** Arrows that share a label. */
  readonly alike: readonly (readonly Arrow[])[];
}

/** @param lanes names of the nodes in their order; @param opened fans that the reader has opened, by name */
export function pictureOf(all: readonly Arrow[], lanes: readonly string[], opened: ReadonlySet<string>): Picture {
  const crowd = new Map<number, number>();
  for (const { sent } of all) crowd.set(sent, (crowd.get(sent) ?? 0) + 1);
  const isAlone = ({ bold, moved, fate }: Arrow): boolean => bold || moved !== undefined || fate !== 'delivered';
  const like = groupBy(
    all.filter((arrow) => !isAlone(arrow)),
    ({ from, sent, at, label, slice }) => `${sent} ${at} ${slice} ${from}\n${label}`,
  );
  const fans: Fan[] = [];
  const folded = new Set<Arrow>();
  const alike: Arrow[][] = [];
  for (const arrows of like.values()) {
    const [first] = arrows;
    if (!first || arrows.length < LEAST) continue;
    const to = lanes.filter((lane) => arrows.some((arrow) => arrow.to === lane));
    const id = `fan ${first.id}`;
    if ((crowd.get(first.sent) ?? 0) > MOST && !opened.has(id)) {
      for (const arrow of arrows) folded.add(arrow);
      fans.push({ ...first, id, arrows, receivers: nodesInShort(to, lanes, first.from), count: to.length });
    } else alike.push(arrows);
  }
  return { arrows: all.filter((arrow) => !folded.has(arrow)), fans, alike };
}

/** `b…h` of neighbours, the sender aside; `b, d, h`; `7 nodes`. */
function nodesInShort(names: readonly string[], lanes: readonly string[], from: string): string {
  const others = lanes.filter((lane) => lane !== from);
  const start = others.indexOf(names[0] ?? '');
  const isRun = names.every((name, i) => others[start + i] === name);
  if (names.length === others.length) return 'all others';
  if (isRun) return `${names[0]}…${names.at(-1)}`;
  return names.length <= LEAST ? names.join(', ') : `${names.length} nodes`;
}
