/**
 * The diagrams for documents: Mermaid, Graphviz and SVG of a known run, and of hostile names.
 */
import { describe, expect, it } from 'vitest';
import { toDot } from '../../src/report/formats/dot.js';
import { runToMermaid } from '../../src/report/formats/mermaid.js';
import { runToSvg } from '../../src/report/formats/svg.js';
import { tell } from '../../src/report/formats/timeline.js';
import { DedalusProvenance } from '../../src/report/provenance/dedalus/provenance.js';
import { runView } from '../../src/report/provenance/run-view.js';
import { broadcast, system } from '../support.js';

const NODES = ['a', 'b', 'c'];
const it3 = system(broadcast(NODES), { eot: 4, eff: 3, crashes: 1, nodes: NODES });
const of = new DedalusProvenance(it3);
const LOST = { kind: 'omission', from: 'a', to: 'b', tick: 1 } as const;

describe('diagrams of a run', () => {
  it('mermaid: lanes, ticks, messages and what was lost', () => {
    expect(runToMermaid(tell(it3.simulate([LOST])), NODES)).toBe(`sequenceDiagram
  participant n0 as a
  participant n1 as b
  participant n2 as c
  Note over n0,n2: tick 1
  n0-xn1: log("b", 1) LOST
  n0->>n2: log("c", 1)
`);
  });

  it('dot: every fact behind the outcome, the broken promise marked', () => {
    const dot = toDot(of.case([LOST]));
    expect(dot).toMatch(/^digraph provenance \{/);
    expect(dot).toContain('"pre(\\"a\\", 1)@4" [color=red, penwidth=2];');
    expect(dot).toContain('"log(\\"a\\", 1)@1" -> "log(\\"c\\", 1)@2"');
    expect(dot).not.toContain('"log(\\"b\\", 1)');
  });

  it('svg: a cross per lost message, a band per crash', () => {
    const svg = runToSvg(runView(of.case([LOST, { kind: 'crash', node: 'c', tick: 2 }])));
    expect(svg.match(/font-size="16"[^>]*>✗</g)).toHaveLength(1);
    expect(svg).toContain('✗ c crashes');
    expect(svg).toContain('no log(1)');
  });

  it('keep hostile names in their place', () => {
    const wild = system(broadcast(['m', 'n']).replaceAll('"m"', '"</svg><script>"').replaceAll('"n"', '"x;y#z"'), {
      eot: 3,
      eff: 2,
      crashes: 0,
      nodes: ['</svg><script>', 'x;y#z'],
    });
    const run = wild.simulate([]);
    const provenance = new DedalusProvenance(wild);
    expect(runToSvg(runView(provenance.good))).not.toContain('<script');
    expect(runToMermaid(tell(run), wild.space.bounds.nodes)).toContain(
      'participant n0 as #60;#47;svg#62;#60;script#62;\n',
    );
    expect(runToMermaid(tell(run), wild.space.bounds.nodes)).toContain('participant n1 as x#59;y#35;z\n');
    expect(
      toDot(provenance.good)
        .split('\n')
        .every((line) => (line.match(/(?<!\\)"/g) ?? []).length % 2 === 0),
    ).toBe(true);
  });
});
