/**
 * A run as a space-time diagram in SVG: a lane for each node, service and client that says something, time downwards, an
 * arrow for each message.
 */
import { xmlText } from '../../../report/reporters/escape.js';
import type { MessageResult, RunResult } from './schema.js';

const LANE = 90;
const TICK = 22;
const TOP = 40;
const LEFT = 50;
/** Most messages that are drawn: more are no picture any more. */
const MOST_MESSAGES = 300;

/** @param nodes come first, in this order */
export function diagram(caption: string, run: RunResult, nodes: readonly string[]): string {
  const { readsFrom = Number.MAX_SAFE_INTEGER } = run;
  const messages = run.messages.filter(({ sent }) => sent < readsFrom).slice(0, MOST_MESSAGES);
  const names = new Set(messages.flatMap(({ from, to }) => [from, to]));
  const lanes = [...nodes, ...[...names].filter((name) => !nodes.includes(name)).sort()];
  const x = (name: string): number => LEFT + lanes.indexOf(name) * LANE;
  const last = Math.max(
    1,
    ...messages.flatMap(({ sent, arrivals }) => [sent, ...arrivals]),
    ...run.nodes.map(({ tick }) => tick),
  );
  const y = (tick: number): number => TOP + tick * TICK;
  const width = LEFT + lanes.length * LANE;
  const heads = lanes.map(
    (name) =>
      `<text x="${x(name)}" y="20" text-anchor="middle">${xmlText(name)}</text><line class="lane" x1="${x(name)}" y1="30" x2="${x(name)}" y2="${y(last)}"/>`,
  );
  const ticks = Array.from(
    { length: last + 1 },
    (_, tick) => `<text class="tick" x="4" y="${y(tick) + 4}">${tick}</text>`,
  );
  const marks = run.nodes.map(
    ({ tick, node, words }) =>
      `<g><title>${xmlText(`tick ${tick}: ${words}`)}</title><line class="down" x1="${x(node) - 12}" y1="${y(tick)}" x2="${x(node) + 12}" y2="${y(tick)}"/></g>`,
  );
  const arrows = messages.flatMap((message) => arrow(message, x, y));
  return `<figure><figcaption>${xmlText(caption)}</figcaption>
<svg width="${width}" height="${y(last) + 20}" viewBox="0 0 ${width} ${y(last) + 20}" role="img" aria-label="${xmlText(caption)}">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="currentColor"/></marker></defs>
${[...heads, ...ticks, ...arrows, ...marks].join('\n')}
</svg></figure>`;
}

function arrow(message: MessageResult, x: (name: string) => number, y: (tick: number) => number): string[] {
  const { from, to, sent, arrivals, fate, fault, type, says, id } = message;
  const title = `<title>${xmlText(`${id}\ntick ${sent}: ${from} → ${to} ${type} ${says}${fault ? `\nfault: ${fault}` : ''}`)}</title>`;
  const ends = arrivals.length > 0 ? arrivals : [sent + 1];
  const kind = fault ? 'hit' : 'message';
  return ends.map((end) => {
    const isLost = fate !== 'delivered';
    // A lost message ends half-way, at a cross.
    const part = isLost ? 0.55 : 1;
    const [x2, y2] = [x(from) + (x(to) - x(from)) * part, y(sent) + (y(end) - y(sent)) * part];
    const head = isLost ? '' : ' marker-end="url(#arrow)"';
    const cross = isLost ? `<text class="mark" x="${x2}" y="${y2 + 5}" text-anchor="middle">✗</text>` : '';
    return `<g>${title}<line class="${kind}${isLost ? ' lost' : ''}" x1="${x(from)}" y1="${y(sent)}" x2="${x2}" y2="${y2}"${head}/>${cross}</g>`;
  });
}
