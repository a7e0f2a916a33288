/**
 * A run as a Mermaid sequence diagram, for documents and pull requests: messages at the tick of sending, crosses for
 * lost ones.
 */
import { distinctBy } from '../../core/distinct.js';
import { visible } from '../../core/text.js';
import { strikesOf } from '../provenance/strikes.js';
import { fateOf, type TimelineMessage, type TimelineRun } from './timeline.js';

/** Text that Mermaid takes as text: what has a meaning there becomes a numeric entity. */
const plain = (text: string): string =>
  visible(text).replace(/[^\p{L}\p{M}\p{N}\p{Emoji_Presentation}_ .,:()→@"'-]/gu, (c) => `#${c.codePointAt(0)};`);

/** @param nodes lanes, in order */
export function runToMermaid(run: TimelineRun, nodes: readonly string[]): string {
  const lane = (node: string): string => `n${nodes.indexOf(node)}`;
  const lines = ['sequenceDiagram', ...nodes.map((node) => `  participant ${lane(node)} as ${plain(node)}`)];
  const all = nodes.length > 1 ? `n0,n${nodes.length - 1}` : 'n0';
  const strikes = strikesOf(run.scenario);
  for (let tick = 1; tick < run.eot; tick++) {
    const notes = strikes.flatMap((strike) => {
      const { node, until, label, over } = strike;
      const words = [...(strike.tick === tick ? [label] : []), ...(until === tick && over !== undefined ? [over] : [])];
      const place = node === undefined ? all : lane(node);
      // The lane says which node it is.
      const told = (text: string): string =>
        node !== undefined && text.startsWith(`${node} `) ? text.slice(node.length + 1).toUpperCase() : text;
      return words.map((text) => `  Note over ${place}: ${plain(told(text))}`);
    });
    const sent = messages(run, tick);
    if (notes.length + sent.length === 0) continue;
    lines.push(`  Note over ${all}: tick ${tick}`);
    lines.push(...notes);
    for (const message of sent) {
      const { from, to, label, lost } = message;
      const fate = lost ? '  LOST' : fateOf(message, run).words;
      lines.push(`  ${lane(from)}${lost ? '-x' : '->>'}${lane(to)}: ${plain(`${label}${fate}`.replaceAll('  ', ' '))}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Messages of one tick to others, one per content. */
function messages(run: TimelineRun, tick: number): TimelineMessage[] {
  const others = run.messages.filter(({ from, to, sent }) => sent === tick && from !== to);
  return distinctBy(others, ({ from, to, label }) => JSON.stringify([from, to, label]));
}
