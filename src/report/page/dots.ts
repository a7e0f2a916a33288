/**
 * The dots of the diagram: what becomes of a node at a tick, the facts that say most first.
 */
import type { FactView, RunView } from '../provenance/views.js';
import type { Dot, LayoutOptions } from './marks.js';

/** `log("b", "hello")` at b is `log("hello")`: the lane says the rest. */
export function withoutLocation(text: string, node: string): string {
  const open = text.indexOf('(');
  const location = `("${node}"`;
  if (open < 0 || !text.startsWith(location, open)) return text;
  const rest = text.slice(open + location.length);
  if (rest === ')') return text.slice(0, open);
  return rest.startsWith(', ') ? `${text.slice(0, open)}(${rest.slice(2)}` : text;
}

/** Where something holds for the first time, or ceases to be as in the good run. */
export function dotsOf(
  view: RunView,
  x: ReadonlyMap<string, number>,
  y: ReadonlyMap<number, number>,
  { all, ghosts, odd = () => false, helpers = new Set() }: LayoutOptions,
): Dot[] {
  const { fixed, count, read } = relationsOf(view);
  const brought = new Set(
    view.messages.filter(({ fate }) => fate !== 'delivered').map(({ label, at }) => `${at} ${label}`),
  );
  return view.events.flatMap((event): Dot[] => {
    const { node, tick } = event;
    const [cx, cy] = [x.get(node), y.get(tick)];
    const missing = ghosts ? event.missing.filter(({ relation }) => !PROMISE.has(relation)) : [];
    const gone = event.gone.filter(({ relation }) => read.has(relation) && !PROMISE.has(relation));
    if (cx === undefined || cy === undefined || event.facts.length + missing.length + gone.length === 0) return [];
    const facts = event.facts
      .filter(({ slice, relation }) => (all || slice) && !fixed.has(relation))
      .map((fact) => ({ ...fact, strange: odd(fact), often: count.get(fact.relation) ?? 0 }))
      .sort(
        (a, b) =>
          Number(saysLittle(a)) - Number(saysLittle(b)) ||
          Number(b.strange) - Number(a.strange) ||
          Number(helpers.has(a.relation)) - Number(helpers.has(b.relation)) ||
          a.often - b.often,
      );
    return [
      {
        node,
        tick,
        x: cx,
        y: cy,
        slice: event.facts.some(({ slice }) => slice),
        ghost: event.facts.length + gone.length === 0,
        gone: gone.map(({ text }) => withoutLocation(text, node)),
        facts: facts.map(({ text }) => withoutLocation(text, node)),
        missing: missing.map(({ text }) => withoutLocation(text, node)),
        odd: new Set(facts.filter(({ strange }) => strange).map(({ text }) => withoutLocation(text, node))),
        unsent: missing
          .filter(({ text }) => brought.has(`${tick} ${text}`))
          .map(({ text }) => withoutLocation(text, node)),
      },
    ];
  });
}

const PROMISE: ReadonlySet<string> = new Set(['pre', 'post']);

const EMPTY: ReadonlySet<unknown> = new Set(['[]', '{}', 'Set {}', 'Map {}']);

/**
 * What comes last beside a dot: the promise itself, which stands at the end of the lane, and containers with nothing in
 * them.
 */
const saysLittle = ({ relation, row }: FactView): boolean =>
  PROMISE.has(relation) || (relation === 'state' && EMPTY.has(row[2]));

/**
 * `read`: relations that the outcome read. `fixed`: relations that say how the world is laid out: all of their rows, more than one, are there from the first
 * tick and none comes later. `count`: how often rows of a relation come; what comes seldom says more than what ticks
 * along.
 */
function relationsOf({ events }: RunView): { fixed: Set<string>; count: Map<string, number>; read: Set<string> } {
  const count = new Map<string, number>();
  const read = new Set<string>();
  const later = new Set<string>();
  for (const { tick, facts } of events)
    for (const { relation, slice } of facts) {
      if (slice) read.add(relation);
      count.set(relation, (count.get(relation) ?? 0) + 1);
      if (tick > 1) later.add(relation);
    }
  const fixed = [...count].filter(([relation, rows]) => rows > 1 && !later.has(relation));
  return { fixed: new Set(fixed.map(([relation]) => relation)), count, read };
}
