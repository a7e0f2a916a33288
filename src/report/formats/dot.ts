/**
 * Why a run came to its outcome, as a Graphviz graph: facts in a column per node, time downward, an arrow from each to
 * what rests on it; what is missing, as far as that makes the difference, and the faults; at the end what became of
 * the promise.
 */

import { isBrokenAt } from '../../core/outcome.js';
import { beginning } from '../../core/text.js';
import { compareRows } from '../../core/value.js';
import { formatFault, tickOf } from '../../faults/scenario.js';
import type { Case } from '../provenance/case.js';
import type { FactKey, WhyStep, WhyView } from '../provenance/views.js';
import { dotString } from '../reporters/escape.js';
import { faultInWords, witnessInWords } from '../words.js';

/** Longest line of a label, most facts that are explained. */
const MOST = { line: 70, facts: 3_000 } as const;

const RED = 'color=red, fontcolor=red';
const GREY = 'color=gray50, fontcolor=gray40, style=dashed';
export const PROMISE = 'promise';

/** A fact, its absence, or a fault. */
export interface Mark {
  readonly name: string;
  readonly node: string | undefined;
  readonly tick: number;
  readonly style: string;
}

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly style: string;
}

export class Graph {
  readonly marks = new Map<string, Mark>();
  readonly links = new Map<string, Link>();
  private readonly explained = new Set<string>();

  constructor(it: Case) {
    for (const one of besides(it)) {
      const facts = one.of.ends(one);
      // What has only been written over since says little.
      const telling = facts.filter((fact) => one.holds(fact) || one.why(fact).steps.some(hasMore));
      for (const fact of telling.length > 0 ? telling : facts) {
        this.link(this.fact(one, fact), PROMISE, '', one.holds(fact) ? '' : GREY);
        this.explain(one, fact);
      }
      this.explained.clear();
    }
  }

  private explain(it: Case, root: FactKey): void {
    const open = [root];
    for (let fact = open.pop(); fact && this.marks.size < MOST.facts; fact = open.pop()) {
      const to = this.fact(it, fact);
      if (this.explained.has(to)) continue;
      this.explained.add(to);
      const why = it.why(fact);
      for (const step of tellingSteps(it, why)) {
        const label = step.label ?? (step.source ? `line ${step.source.line}` : '');
        if (step.fault) {
          const tick = tickOf(step.fault);
          const name = formatFault(step.fault);
          this.marks.set(name, {
            name,
            node: undefined,
            tick,
            style: `label=${dotString(faultInWords(step.fault))}, ${RED}, shape=octagon`,
          });
          this.link(name, to, '', `${RED}, style=dashed`);
        }
        for (const part of step.body) {
          if (
            part.negated === part.holds
              ? !part.blocking && !it.decides(part.fact)
              : part.negated && !it.decides(part.fact)
          )
            continue;
          this.link(this.fact(it, part.fact), to, label, part.holds ? '' : GREY);
          open.push(part.fact);
        }
      }
    }
  }

  private fact(it: Case, fact: FactKey): string {
    const holds = it.holds(fact);
    const name = `${holds ? '' : 'no '}${it.of.text(fact)}@${fact.tick}`;
    const [node] = fact.row;
    const isPromise = (fact.relation === 'pre' && fact.tick === it.of.eot) || isAt(it, fact);
    const isBroken = isPromise && it.run.outcome.kind === 'violated';
    const style = isBroken && holds ? 'color=red, penwidth=2' : holds ? '' : GREY;
    this.marks.set(name, { name, node: node === undefined ? undefined : String(node), tick: fact.tick, style });
    return name;
  }

  private link(from: string, to: string, label: string, style: string): void {
    if (from !== to) this.links.set(`${from}\n${to}\n${label}`, { from, to, label, style });
  }
}

/** Whether the fact is what breaks a promise of every tick. */
const isAt = ({ run }: Case, { tick, row }: FactKey): boolean =>
  run.outcome.witnesses.some((one) => isBrokenAt(one) && one.tick === tick && compareRows(one.row, row) === 0);

/** The case beside each of the runs that keep the promise, one at a time, so that every fault shows what it did. */
function besides(it: Case): readonly Case[] {
  const kept = it.references.filter(({ outcome }) => outcome.kind !== 'violated');
  const less = it.scenario.length > 1 ? kept.filter((other) => other !== it.good) : kept;
  return less.length > 0 ? less.map((other) => it.beside(other)) : [it];
}

const hasMore = ({ fault, body }: WhyStep): boolean => fault !== undefined || body.length > 0;

/**
 * Of what is missing: the steps that a fault cut or in which something is otherwise than elsewhere; the first, if
 * there are none.
 */
function tellingSteps(it: Case, { holds, steps }: WhyView): readonly WhyStep[] {
  if (holds) return steps;
  const telling = steps.filter(
    ({ fault, body }) => fault || body.some((part) => part.blocking && it.decides(part.fact)),
  );
  return telling.length > 0 ? telling : steps.slice(0, 1);
}

/** The whole file. */
export function toDot(it: Case): string {
  const { marks, links } = new Graph(it);
  const all = [...marks.values()].sort((a, b) => a.tick - b.tick || (a.name < b.name ? -1 : 1));
  const ticks = [...new Set(all.map(({ tick }) => tick))];
  const draw = ({ name, style }: Mark, indent: string): string => {
    const label = name.length > MOST.line ? `label=${dotString(short(name))}` : '';
    return `${indent}${dotString(name)}${attributes(label, style)};`;
  };
  return [
    'digraph provenance {',
    '  newrank=true;',
    '  node [shape=box, fontname="monospace", fontsize=11];',
    '  edge [fontname="monospace", fontsize=10];',
    ...ticks.map((tick) => `  t${tick} [shape=plain, label="tick ${tick}"];`),
    ...(ticks.length > 0
      ? [`  ${[...ticks.map((tick) => `t${tick}`), PROMISE].join(' -> ')} [style=invis, weight=100];`]
      : []),
    ...ticks.map((tick) => `  { rank=same; t${tick}; ${names(all.filter((mark) => mark.tick === tick))} }`),
    ...it.of.nodes.flatMap((node, i) => [
      `  subgraph cluster_${i} {`,
      `    label=${dotString(node)}; color=gray80;`,
      ...all.filter((mark) => mark.node === node).map((mark) => draw(mark, '    ')),
      '  }',
    ]),
    ...all.filter(({ node }) => node === undefined || !it.of.nodes.includes(node)).map((mark) => draw(mark, '  ')),
    `  ${PROMISE} [label=${dotString(outcomeInWords(it))}, penwidth=2${it.run.outcome.kind === 'violated' ? `, ${RED}` : ''}];`,
    ...[...links.values()].map(link).sort(),
    '}',
    '',
  ].join('\n');
}

const short = (text: string): string => (text.length > MOST.line ? `${beginning(text, MOST.line)}…` : text);

const names = (marks: readonly Mark[]): string => marks.map(({ name }) => `${dotString(name)};`).join(' ');

const attributes = (...parts: readonly string[]): string => {
  const given = parts.filter((part) => part !== '');
  return given.length > 0 ? ` [${given.join(', ')}]` : '';
};

const link = ({ from, to, label, style }: Link): string =>
  `  ${dotString(from)} -> ${to === PROMISE ? to : dotString(to)}${attributes(label === '' ? '' : `label=${dotString(short(label))}`, style)};`;

function outcomeInWords({ run: { outcome }, of }: Case): string {
  if (outcome.kind === 'violated')
    return outcome.witnesses.map((row) => witnessInWords(row, of.eot, of.kind)).join('; ');
  return { holds: 'the promise is kept', vacuous: 'nothing is promised', unknown: 'what it comes to is not known' }[
    outcome.kind
  ];
}
