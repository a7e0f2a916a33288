/**
 * Why a protocol's run came to its outcome, as a Graphviz graph: a column per node, time downward, and at the end what became of the promise.
 */
import { dotLabel, dotString } from '../reporters/escape.js';
import { witnessInWords } from '../words.js';
import type { Case } from './case.js';
import { graphOf } from './graph.js';
import { type Link, type Mark, PROMISE } from './marks.js';

/** Longest line, most lines of one mark. */
const MOST = { line: 70, lines: 12 } as const;

const RED = 'color=red, fontcolor=red';
const GREY = 'color=gray50, fontcolor=gray40, style=dashed';

const MARKS: Record<Mark['kind'], string> = {
  steps: '',
  crash: `${RED}, shape=octagon, penwidth=2`,
  lost: `${RED}, shape=plain`,
  unsent: GREY,
  there: 'penwidth=2',
  lacking: `${GREY}, penwidth=2`,
};

/** The whole file. */
export function protocolToDot(it: Case): string {
  const { marks, links } = graphOf(it);
  const sorted = [...marks].sort(inColumns);
  const kinds = new Map(marks.map(({ id, kind }) => [id, kind]));
  return [
    'digraph why {',
    '  newrank=true;',
    '  fontname="monospace";',
    '  node [shape=box, fontname="monospace", fontsize=11];',
    '  edge [fontname="monospace", fontsize=10];',
    ...rows(sorted, it.told.eot),
    ...it.known.nodes.flatMap((name, node) =>
      column(
        name,
        node,
        sorted.filter((mark) => mark.node === node),
      ),
    ),
    promise(it),
    ...links.map((one) => link(one, kinds)).sort(),
    '}',
    '',
  ].join('\n');
}

/** Node by node, in the order of time; a node that crashes at tick 1 has started before. */
const inColumns = (a: Mark, b: Mark): number =>
  a.node - b.node ||
  a.tick - b.tick ||
  Number(a.kind === 'crash') - Number(b.kind === 'crash') ||
  (a.id < b.id ? -1 : 1);

/** A row per tick with its name on the left, rows between them for what did not arrive. */
function rows(marks: readonly Mark[], eot: number): string[] {
  if (marks.length === 0) return [];
  const ticks = [...new Set(marks.map(({ tick }) => tick))].sort((a, b) => a - b);
  const all = ticks.map((tick, i) => [`r${i}`, ...marks.filter((mark) => mark.tick === tick).map(({ id }) => id)]);
  const name = (tick: number): string => (tick > eot ? 'end' : Number.isInteger(tick) ? `tick ${tick}` : '');
  return [
    ...ticks.map((tick, i) => `  r${i} [shape=plain, label="${name(tick)}"];`),
    `  ${ticks.map((_, i) => `r${i}`).join(' -> ')} [style=invis, weight=100];`,
    `  r${ticks.length - 1} -> ${PROMISE} [style=invis, weight=0];`,
    ...all.map((ids) => `  { rank=same; ${ids.join('; ')}; }`),
  ];
}

/** The marks of a node, one below the other. */
function column(name: string, node: number, marks: readonly Mark[]): string[] {
  const line = marks.filter(({ kind }) => kind === 'steps' || kind === 'crash').map(({ id }) => id);
  return [
    `  subgraph cluster_${node} {`,
    `    label=${dotString(name)}; color=gray80;`,
    ...marks.map(
      ({ id, kind, lines }) =>
        `    ${id} [${[`label=${label(lines)}`, MARKS[kind]].filter((part) => part !== '').join(', ')}];`,
    ),
    ...(line.length > 1 ? [`    ${line.join(' -> ')} [color=gray70, arrowhead=none, weight=8];`] : []),
    '  }',
  ];
}

function label(lines: readonly string[]): string {
  const left = lines.length - MOST.lines;
  const shown = left > 0 ? [...lines.slice(0, MOST.lines), `… ${left} more`] : lines;
  return dotLabel(shown.map(short));
}

const short = (text: string): string => (text.length > MOST.line ? `${text.slice(0, MOST.line)}…` : text);

function promise({ told }: Case): string {
  const { outcome, eot } = told.walk;
  if (outcome?.kind === 'violated') {
    const broken = outcome.witnesses.map((row) => witnessInWords(row, eot, 'protocol'));
    return `  ${PROMISE} [label=${label(broken)}, ${RED}, penwidth=2];`;
  }
  const words = {
    holds: 'the promise is kept',
    vacuous: 'nothing is promised',
    unknown: 'what it comes to is not known',
  };
  return `  ${PROMISE} [label=${label([words[outcome?.kind ?? 'unknown']])}, penwidth=2];`;
}

function link({ kind, from, to, label: words }: Link, kinds: ReadonlyMap<string, Mark['kind']>): string {
  const isFault = (id: string): boolean => kinds.get(id) === 'lost' || kinds.get(id) === 'crash';
  const style =
    isFault(from) || isFault(to)
      ? `${RED}, style=dashed`
      : kind === 'reason'
        ? GREY
        : kind === 'effect'
          ? 'penwidth=2'
          : '';
  const attributes = [...(words === '' ? [] : [`label=${dotString(short(words))}`]), ...(style === '' ? [] : [style])];
  return `  ${from} -> ${to}${attributes.length > 0 ? ` [${attributes.join(', ')}]` : ''};`;
}
