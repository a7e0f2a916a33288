/**
 * Every kind of fault in every form of report: words, timeline, diagrams, explanations, ledger, what-if and address.
 */
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../src/core/work.js';
import { makeBounds } from '../../src/faults/bounds.js';
import type { Fault } from '../../src/faults/fault.js';
import { kindOf, kinds } from '../../src/faults/kinds.js';
import { formatFault, tickOf } from '../../src/faults/scenario.js';
import { toDot } from '../../src/report/formats/dot.js';
import { emitTest } from '../../src/report/formats/emit.js';
import { runToMermaid } from '../../src/report/formats/mermaid.js';
import { runToSvg } from '../../src/report/formats/svg.js';
import { checkToText } from '../../src/report/formats/text.js';
import { tellView, timelineOf } from '../../src/report/formats/timeline.js';
import { layout } from '../../src/report/page/layout.js';
import { fromHash, toHash } from '../../src/report/page/store.js';
import { beginningAt, toggleMessage, toggleNode } from '../../src/report/page/whatif.js';
import type { Case } from '../../src/report/provenance/case.js';
import { DedalusProvenance } from '../../src/report/provenance/dedalus/provenance.js';
import { ledgerOf } from '../../src/report/provenance/ledger.js';
import { runView } from '../../src/report/provenance/run-view.js';
import type { FactKey } from '../../src/report/provenance/views.js';
import { resultToJson, toResult } from '../../src/report/result.js';
import { resultFromJson } from '../../src/report/schema.js';
import { faultInWords } from '../../src/report/words.js';
import { system } from '../support.js';
import { everyKind, KINDS, type Told } from './every-kind.js';

const all = await everyKind();
const pictureOf = ({ it: one }: Told) => layout(runView(one), { width: 900, all: false, ghosts: true });

/** The faults that the explanations of what the outcome comes down to name. */
function named(it: Case): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const queue: FactKey[] = [...it.of.ends(it)];
  for (let fact = queue.pop(); fact; fact = queue.pop()) {
    const key = JSON.stringify([fact.relation, fact.row, fact.tick]);
    if (seen.has(key)) continue;
    seen.add(key);
    const { steps, holds } = it.why(fact);
    for (const { fault, note, body } of steps) {
      if (fault) found.add(formatFault(fault));
      if (fault) expect(note).toBeTruthy();
      for (const { fact: child, blocking } of body) if (holds || blocking) queue.push(child);
    }
  }
  return found;
}

it('covers every kind there is: each breaks the protocol, and the program if it has a meaning there', () => {
  expect(Object.keys(KINDS).sort()).toEqual(
    kinds()
      .map(({ kind }) => kind)
      .sort(),
  );
  const broken = (of: string): Set<string> =>
    new Set(all.filter(({ name }) => name.startsWith(of)).flatMap(({ it }) => it.scenario.map(({ kind }) => kind)));
  expect(broken('protocol')).toEqual(new Set(Object.keys(KINDS)));
  expect(broken('program')).toEqual(new Set(Object.keys(KINDS).filter((kind) => kind !== 'skew' && kind !== 'order')));
});

describe.each(all.map((told) => [told.name, told] as const))('%s', (_, told) => {
  const { it: one, bounds, check } = told;
  const [fault] = one.scenario as readonly [Fault];
  const view = runView(one);

  it('is the cause that why and why-not come down to', () => {
    expect([...named(one)]).toEqual([formatFault(fault)]);
  });

  it('has a row of the ledger that it cuts, by something that is so without it', () => {
    const { rows } = atOnce(ledgerOf(one));
    expect(rows.length).toBeGreaterThan(0);
    for (const { cut, supports } of rows) {
      expect(cut).toEqual([true]);
      for (const needs of supports) expect(needs.some((need) => need.cut.includes(0) && need.text !== '')).toBe(true);
    }
  });

  it('is told on the timeline, and in Mermaid', () => {
    const lines = timelineOf(tellView(view));
    const { hit, lane, slot } = kindOf(fault);
    const mermaid = runToMermaid(tellView(view), one.of.nodes);
    if (slot) {
      expect(lines.some(({ text }) => hit !== undefined && text.includes(hit))).toBe(true);
      expect(mermaid).toContain(hit);
    } else {
      expect(lines).toContainEqual(expect.objectContaining({ tick: tickOf(fault), symbol: lane?.symbol }));
      expect(mermaid).toContain('Note over');
    }
  });

  it('is drawn: an arrow at the tick of its arrival, a band, a gap, a wall', () => {
    const { bands, arrowsIn, rows } = pictureOf(told);
    const svg = runToSvg(view);
    const { slot, lane } = kindOf(fault);
    expect(svg).not.toMatch(/NaN|undefined/);
    if (slot) {
      const hits = arrowsIn().filter((arrow) => arrow.loss !== undefined || arrow.moved !== undefined);
      expect(hits).toHaveLength(1);
      for (const { at, y2 } of hits) expect(y2).toBe(rows.find(({ tick }) => tick === at)?.y);
    } else {
      expect(bands.length).toBeGreaterThan(0);
      expect(bands[0]?.label).toContain(lane?.label);
      for (const { y, bottom } of bands) expect(bottom).toBeGreaterThan(y);
    }
    expect(toDot(one)).toContain(JSON.stringify(faultInWords(fault)).slice(1, -1));
  });

  it('is said in the text, kept in the JSON, in a link and in a test that pins it', () => {
    expect(checkToText(check)).toContain(faultInWords(check.counterexamples[0]?.faults[0] as Fault));
    const result = toResult('0.0.0', 'strict', {}, [check]);
    expect(resultFromJson(resultToJson(result))).toEqual({ result: JSON.parse(JSON.stringify(result)) });
    const chosen = { node: 'a', tick: 1, fact: undefined, message: undefined } as const;
    const state = { check: 0, scenario: one.scenario, beyond: false, ...chosen };
    expect(fromHash(toHash({ ...state, fault: undefined, all: false, ghosts: true }, []), []).scenario).toEqual(
      one.scenario,
    );
    const pinned = {
      subject: { kind: 'dedalus', roots: ['x'], invariant: 'strict' },
      typed: false,
      style: 'module',
    } as const;
    expect(emitTest('vitest', { ...pinned, bounds, scenario: one.scenario, witnesses: [] })).toContain(
      JSON.stringify(fault),
    );
  });

  it('can be injected by a click, or from the list of what may begin at its tick', () => {
    const offered = bounds.nodes.flatMap((node) => beginningAt(node, tickOf(fault), bounds));
    expect(offered.map(formatFault)).toContain(formatFault(fault));
  });
});

it('a partition is a wall where neighbouring lanes are kept apart; a node that restarts leaves a gap', () => {
  const of = (kind: string, text: string): Told => {
    const found = all.find(
      ({ name, it: { scenario } }) => name.startsWith(kind) && formatFault(scenario[0] as Fault) === text,
    );
    if (!found) throw new Error(`${text} breaks nothing`);
    return found;
  };
  const wall = pictureOf(of('protocol', 'partition a,c>b@[1,2)'));
  expect(wall.bands.map(({ look, label }) => [look, label])).toEqual([
    ['wall', '‖ partition a, c > b'],
    ['wall', undefined],
  ]);
  const [left, right] = wall.bands;
  expect([left?.x, right?.x].map((x) => wall.lanes.filter((lane) => lane.x < (x ?? 0)).length)).toEqual([1, 2]);
  const gap = pictureOf(of('protocol', 'restart b@[3,4)')).bands;
  expect(gap.map(({ look, over }) => [look, over])).toEqual([['gap', '↻ restarts, 1 kept']]);
});

it('a clock that stands still is why a declared timer of a program is late', () => {
  const text = `//! timer left
left("a", 2)@1; left(X, T - 1)@next :- left(X, T), T > 0;
pre(X) :- left(X, _); post(X) :- left(X, 0)@3, left(X, _);
`;
  const timers = system(text, makeBounds({ eot: 4, eff: 3, crashes: 0, skews: 1, nodes: ['a'] }));
  const slow = { kind: 'skew', node: 'a', from: 1, until: 2 } as const;
  const it = new DedalusProvenance(timers).case([slow]) as unknown as Case;
  expect(it.run.outcome.kind).toBe('violated');
  expect([...named(it)]).toEqual([formatFault(slow)]);
  expect(atOnce(ledgerOf(it)).rows.every(({ cut }) => cut[0])).toBe(true);
});

describe('what if', () => {
  const bounds = { eot: 5, eff: 4, crashes: 1, delay: 2, dup: 1, restarts: 1, skews: 1, nodes: ['a', 'b'] };
  const told = all.find(({ kind }) => kind === undefined);
  const [message] = told ? runView(told.it.beside(told.it.good).of.good).messages : [];

  it('a click on a message goes through all that may happen to it, and then back', () => {
    const seen: string[] = [];
    let scenario: readonly Fault[] = [];
    for (let i = 0; i < 5; i++) {
      const change = message && toggleMessage(message, scenario, bounds);
      if (!change || 'refused' in change) throw new Error(change?.refused ?? 'no message');
      scenario = change.scenario;
      seen.push(scenario.map(formatFault).join());
    }
    expect(seen).toEqual(['a→b@1', 'delay a→b@1+1', 'delay a→b@1+2', 'dup a→b@1+1', '']);
  });

  it('a click on a lane takes the node down, restarts it, slows it, and then back', () => {
    const seen: string[] = [];
    let scenario: readonly Fault[] = [];
    for (let i = 0; i < 4; i++) {
      const change = toggleNode('b', 2, scenario, bounds);
      if ('refused' in change) throw new Error(change.refused);
      scenario = change.scenario;
      seen.push(scenario.map(formatFault).join());
    }
    expect(seen).toEqual(['crash b@2', 'restart b@[2,3)', 'slow b@[2,3)', '']);
    const later = toggleNode('b', 4, [{ kind: 'restart', node: 'b', from: 1, until: 2 }], bounds);
    expect('scenario' in later && later.scenario.map(formatFault)).toEqual(['restart b@[1,2)', 'crash b@4']);
  });
});
