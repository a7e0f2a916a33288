/**
 * Bands of the diagram: what faults do to lanes and between them, from its beginning to its end.
 *
 * A partition is a wall in every gap between neighbouring lanes that it keeps apart.
 */

import { overInShort, overInWords, type Strike, strikesOf } from '../provenance/strikes.js';
import type { RunView } from '../provenance/views.js';
import { faultInWords } from '../words.js';
import type { Band } from './marks.js';

type Lane = { readonly node: string; readonly x: number };

/** @param y of ticks; @param bottom of the lanes */
export function bandsOf(view: RunView, lanes: readonly Lane[], y: ReadonlyMap<number, number>, bottom: number): Band[] {
  return strikesOf(view.scenario).flatMap((strike) => {
    const { fault, node, tick, look, label, symbol, effect, until } = strike;
    const end = until === undefined ? undefined : y.get(until);
    const kept = view.kept.get(fault);
    const over = end === undefined ? undefined : overInShort(strike, kept);
    const told = end === undefined ? undefined : overInWords(strike, kept);
    const top = y.get(tick) ?? bottom;
    return placesOf(strike, lanes).map(
      (x, i): Band => ({
        fault,
        node,
        tick,
        look,
        label: i > 0 ? undefined : `${look === 'down' ? '✗' : symbol} ${label}`,
        over: over === undefined || look === 'wall' ? undefined : `${symbol} ${over}`,
        title: `${faultInWords(fault)}: ${effect}${told === undefined ? '' : `; then ${told}`}`,
        x,
        y: top - (look === 'first' ? 7 : 12),
        bottom: look === 'first' ? top + 7 : Math.max(end === undefined ? bottom : end - 12, top + 8),
      }),
    );
  });
}

/** Where a strike is drawn: at its lane, or in the gaps that its wall runs through. */
function placesOf({ node, wall }: Strike, lanes: readonly Lane[]): number[] {
  if (!wall) return lanes.flatMap((lane) => (lane.node === node ? [lane.x] : []));
  const isOn = (lane: Lane): boolean => wall.side.includes(lane.node);
  return lanes.flatMap((lane, i) => {
    const next = lanes[i + 1];
    return next && isOn(lane) !== isOn(next) ? [(lane.x + next.x) / 2] : [];
  });
}
