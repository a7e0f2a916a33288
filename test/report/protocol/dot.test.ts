/**
 * The graph behind a protocol's outcome: whole, with every fault in it and a way from every fault to the promise; and as Graphviz, whatever the names.
 */
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/faults/fault.js';
import { defineProtocol } from '../../../src/protocol/define.js';
import { protocolToDot } from '../../../src/report/protocol/dot.js';
import { type Graph, graphOf } from '../../../src/report/protocol/graph.js';
import { Case } from '../../../src/report/protocol/index.js';
import { PROMISE } from '../../../src/report/protocol/marks.js';
import { knownOf, NAMES, reportedOf } from './protocols.js';

const BOUNDS = { eot: 3, eff: 2, crashes: 1 };

/** Everything that a mark leads to: by links, and by what its node keeps. */
function reached({ marks, links }: Graph, from: string): ReadonlySet<string> {
  const all = [from];
  for (const id of all) {
    const here = marks.find((mark) => mark.id === id);
    const later = marks.filter(({ kind, node, tick }) => kind === 'steps' && node === here?.node && tick > here.tick);
    const kept = here?.kind === 'steps' ? later.map((mark) => mark.id) : [];
    for (const next of [...kept, ...links.flatMap((link) => (link.from === id ? [link.to] : []))])
      if (!all.includes(next)) all.push(next);
  }
  return new Set(all);
}

const markOf = (fault: Fault, nodes: readonly string[]): string =>
  fault.kind === 'crash'
    ? `n${nodes.indexOf(fault.node)}crash`
    : `n${nodes.indexOf(fault.to)}lost${nodes.indexOf(fault.from)}t${fault.tick}`;

describe('the graph behind an outcome', () => {
  it.each(NAMES)('%s: is whole, and leads from every fault to the broken promise', async (name) => {
    for (const { known, found } of await reportedOf(name))
      for (const scenario of [[], ...found]) {
        const graph = graphOf(new Case(known, scenario));
        const ids = graph.marks.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { from, to } of graph.links) {
          expect(ids).toContain(from);
          expect([...ids, PROMISE]).toContain(to);
        }
        for (const fault of scenario) expect(reached(graph, markOf(fault, known.nodes))).toContain(PROMISE);
        expect(graph.marks.filter(({ kind }) => kind === 'crash')).toHaveLength(
          scenario.filter(({ kind }) => kind === 'crash').length,
        );
      }
  });

  it('is written for Graphviz: what is lost, who crashes, what is not sent, and what broke', async () => {
    const reported = await reportedOf('broadcast-retry');
    const one = reported.find(({ found }) => found.length > 0);
    if (!one) throw new Error('no counterexample');
    const dot = protocolToDot(new Case(one.known, one.found[0] ?? []));
    expect(dot).toMatch(/^digraph why \{\n/);
    for (const line of [
      'n0t1 -> n1lost0t1 [label="\\"hello\\"", color=red, fontcolor=red, style=dashed];',
      'n0crash [label="a crashes", color=red, fontcolor=red, shape=octagon, penwidth=2];',
      'n1unsent0t2b1 [label="no \\"hello\\" from a", color=gray50, fontcolor=gray40, style=dashed];',
      'n2t2 [label="onMessage from a\\l  has: false → true\\l"];',
      'n1lacking -> promise [penwidth=2];',
      'promise [label="b: lacks what others have", color=red, fontcolor=red, penwidth=2];',
    ])
      expect(dot).toContain(`  ${line}\n`);
    expect(protocolToDot(new Case(one.known, []))).toContain('promise [label="the promise is kept", penwidth=2];');
  });

  it('keeps hostile strings in their place', () => {
    const evil = '"];}\n\\N&lt;\u001b[31m\u202e//';
    const protocol = defineProtocol<Record<string, string>, unknown, string>({
      name: evil,
      nodes: [evil, 'b'],
      state: () => ({ [evil]: '' }),
      actor: (id) => ({
        init(ctx) {
          if (id === evil) ctx.send('b', { kind: evil, [evil]: evil });
          ctx.setTimer(evil, 1);
        },
        onMessage(ctx) {
          ctx.state[evil] = evil;
          ctx.log(evil);
        },
        onTimer() {},
      }),
      check: (world) => (world.state('b')[evil] === evil ? 'holds' : { violated: [evil, evil] }),
      checks: [BOUNDS],
    });
    const scenarios: Fault[][] = [
      [],
      [{ kind: 'omission', from: evil, to: 'b', tick: 1 }],
      [{ kind: 'crash', node: evil, tick: 1 }],
    ];
    const known = knownOf(protocol, BOUNDS, scenarios);
    for (const scenario of scenarios) {
      const dot = protocolToDot(new Case(known, scenario));
      // Strings are closed on their line, and outside of them is nothing but our own words.
      for (const line of dot.split('\n')) expect(line.replace(/"(?:[^"\\]|\\.)*"/g, '')).toMatch(/^[\w =;,>{}[\]-]*$/);
      expect(dot).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
      expect(dot).not.toContain('&lt;');
    }
  });

  it('is whole where the outcome rests on nothing', () => {
    const protocol = defineProtocol({
      name: 'nothing',
      nodes: ['a', 'b'],
      state: () => ({}),
      actor: () => ({}),
      check: () => 'holds',
      checks: [BOUNDS],
    });
    const dot = protocolToDot(new Case(knownOf(protocol, BOUNDS, [[]]), []));
    expect(dot.split('\n').filter((line) => /->|rank/.test(line))).toEqual(['  newrank=true;']);
  });
});
