/**
 * The graph behind a protocol's outcome: whole, with every fault in it and a way from every fault to the promise; and
 * as Graphviz, whatever the names.
 */
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../../src/faults/fault.js';
import { formatFault } from '../../../../src/faults/scenario.js';
import { defineProtocol } from '../../../../src/protocol/define.js';
import { Graph, PROMISE, toDot } from '../../../../src/report/formats/dot.js';
import { NAMES, provenanceOf, reportedOf } from './protocols.js';

const BOUNDS = { eot: 3, eff: 2, crashes: 1 };

/** Everything that a mark leads to. */
function reached({ links }: Graph, from: string): ReadonlySet<string> {
  const all = new Set([from]);
  for (const name of all) for (const link of links.values()) if (link.from === name) all.add(link.to);
  return all;
}

describe('the graph behind an outcome', () => {
  it.each(NAMES)('%s: is whole, and leads from every fault to the broken promise', async (name) => {
    for (const { of, found } of await reportedOf(name))
      for (const scenario of [[], ...found]) {
        const graph = new Graph(of.case(scenario));
        for (const { from, to } of graph.links.values()) {
          expect([...graph.marks.keys()]).toContain(from);
          expect([...graph.marks.keys(), PROMISE]).toContain(to);
        }
        for (const fault of scenario) expect(reached(graph, formatFault(fault))).toContain(PROMISE);
      }
  });

  it('is written for Graphviz: what is lost, who crashes, what is not sent, and what broke', async () => {
    const reported = await reportedOf('broadcast-retry');
    const one = reported.find(({ found }) => found.length > 0);
    if (!one) throw new Error('no counterexample');
    const dot = toDot(one.of.case(one.found[0] ?? []));
    expect(dot).toMatch(/^digraph provenance \{\n/);
    for (const line of [
      '"a→b@1" [label="what a sends to b at tick 1 is lost", color=red, fontcolor=red, shape=octagon];',
      '"a→b@1" -> "no a→b \\"hello\\"@2" [color=red, fontcolor=red, style=dashed];',
      '"crash a@2" [label="a crashes at tick 2", color=red, fontcolor=red, shape=octagon];',
      '  "no a→b \\"hello\\"@3" [color=gray50, fontcolor=gray40, style=dashed];',
      '"a→c \\"hello\\"@2" -> "c.has = true@6" [label="by onMessage of c at tick 2"];',
      '"no b.has = true@6" -> promise [color=gray50, fontcolor=gray40, style=dashed];',
      'promise [label="b: lacks what others have", penwidth=2, color=red, fontcolor=red];',
    ])
      expect(dot).toContain(`  ${line}\n`);
    expect(toDot(one.of.good)).toContain('promise [label="the promise is kept", penwidth=2];');
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
    const of = provenanceOf(protocol, BOUNDS, scenarios);
    for (const scenario of scenarios) {
      const dot = toDot(of.case(scenario));
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
    const dot = toDot(provenanceOf(protocol, BOUNDS, [[]]).good);
    expect(dot.split('\n').filter((line) => /->|rank/.test(line))).toEqual(['  newrank=true;']);
  });
});
