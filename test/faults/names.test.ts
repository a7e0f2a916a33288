/**
 * Bounds that name nodes: who may fail, by kind, and groups for partitions; how they are given, checked and told.
 */
import { describe, expect, it, test } from 'vitest';
import { parseProgram } from '../../src/dedalus/load.js';
import { makeBounds } from '../../src/faults/bounds.js';
import type { Bounds, Fault } from '../../src/faults/fault.js';
import { parseGroups } from '../../src/faults/names.js';
import { admit, formatFault, parseFaults } from '../../src/faults/scenario.js';
import { FaultSpace } from '../../src/faults/space.js';
import { defineProtocol } from '../../src/protocol/define.js';
import { boundsInWords } from '../../src/report/words.js';
import { resolveChecks } from '../../src/search/check.js';
import { check, systemOf } from '../../src/testing/check.js';
import { parseConfig } from '../../src/testing/config.js';
import { survives, tolerates } from '../../src/testing/tolerance.js';
import { summary } from '../dedalus/support.js';
import { broadcast, programFrom } from '../support.js';

const NODES = ['a', 'b', 'c'];
const of = (more: Partial<Bounds>): Bounds => makeBounds({ eot: 4, eff: 3, crashes: 1, nodes: NODES, ...more });
const written = (bounds: Bounds, kind: Fault['kind']): string[] =>
  new FaultSpace(bounds).faults.filter((fault) => fault.kind === kind).map(formatFault);

describe('nodes that a kind may strike', () => {
  it('narrow the faults of that kind alone', () => {
    const bounds = of({ eot: 3, eff: 2, crashable: ['b'], halts: 1, restarts: 1, restartable: ['c', 'a'], skews: 1 });
    expect(written(bounds, 'crash')).toEqual(['crash b@1', 'crash b@2']);
    expect(written(bounds, 'halt')).toHaveLength(6);
    expect(written(bounds, 'restart')).toEqual(['restart a@[1,2)', 'restart c@[1,2)']);
    expect(written(bounds, 'skew')).toHaveLength(3);
    expect(boundsInWords(bounds)).toContain('nodes a b c, only b crashable, only a c restartable');
  });

  it('may be none at all, and what is reliable is none of them', () => {
    expect(written(of({ crashable: [] }), 'crash')).toEqual([]);
    expect(boundsInWords(of({ crashable: [] }))).toContain('no node crashable');
    expect(written(of({ crashable: ['a', 'b'], reliable: ['a'], eot: 2 }), 'crash')).toEqual(['crash b@1']);
  });

  it('may be those that take messages in another order, reliable or not', () => {
    const bounds = of({ eot: 2, eff: 1, crashes: 0, orders: 1, orderable: ['b'], reliable: ['b'] });
    expect(written(bounds, 'order').slice(0, 3)).toEqual(['a first at b@1', 'b first at b@1', 'c first at b@1']);
    expect(written(bounds, 'order')).toHaveLength(6);
    expect(boundsInWords(bounds)).toContain('only b orderable');
    const elsewhere: Fault = { kind: 'order', node: 'a', tick: 1, first: 'b' };
    expect(() => admit([elsewhere], bounds)).toThrow('b first at a@1: the node a is not orderable');
  });

  it('are those that a scenario may name', () => {
    const bounds = of({ crashable: ['b'] });
    expect(admit([{ kind: 'crash', node: 'b', tick: 1 }], bounds)).toHaveLength(1);
    expect(() => admit([{ kind: 'crash', node: 'a', tick: 1 }], bounds)).toThrow(
      'crash a@1: the node a is not crashable',
    );
  });
});

describe('groups', () => {
  const seven = { nodes: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], crashes: 0, eff: 2, partitions: 1 };
  it('are what partitions are between; a node of no group is on neither side', () => {
    const bounds = of({ ...seven, groups: { west: ['d', 'b'], east: ['a', 'c', 'e'], far: ['g'] } });
    expect(written(bounds, 'partition')).toEqual([
      'partition a,c,e|b,d,g@[1,2)',
      'partition g|a,b,c,d,e@[1,2)',
      'partition b,d|a,c,e,g@[1,2)',
    ]);
    const [first] = new FaultSpace(bounds).faults.filter(({ kind }) => kind === 'partition');
    expect(parseFaults('partition a,c,e|b,d,g@[1,2)')).toEqual({ faults: [first] });
    expect(boundsInWords(bounds)).toContain('groups east (a c e) far (g) west (b d)');
    expect(() => admit([{ ...first, side: ['b'] } as Fault], bounds)).toThrow('b and b, d, g are not what may be cut');
  });

  it('matter at any number of nodes, one way as well', () => {
    const bounds = of({ eff: 2, partitions: 1, oneWay: 1, groups: { x: ['a', 'b'], y: ['c'] } });
    expect(written(bounds, 'partition')).toEqual([
      'partition a,b>c@[1,2)',
      'partition c|a,b@[1,2)',
      'partition c>a,b@[1,2)',
    ]);
  });
});

test('names that make no sense are refused, every problem at once', () => {
  expect(() => of({ crashable: ['x'], restartable: ['a>b'], reliable: ['a>z'] })).toThrow(
    /reliable are nodes, or links like a>b, of the nodes a, b, c; not a>z; crashable are some of the nodes a, b, c; not x; restartable .*not a>b/,
  );
  expect(() => of({ groups: { x: ['a', 'q'], y: ['a'] } })).toThrow(/not q; a is in two groups/);
  expect(() => of({ groups: { x: ['a'] } })).toThrow('there are 2 to 12 groups, not 1');
  expect(() => of({ groups: { x: ['a'], y: [] } })).toThrow('a group has at least one node');
});

test('groups as text', () => {
  expect(parseGroups(' west = a b , east=c')).toEqual({ groups: { west: ['a', 'b'], east: ['c'] } });
  for (const wrong of ['', 'west', 'west =', 'a b = c', 'x = a = b', 'x = a, b'])
    expect(parseGroups(wrong)).toHaveProperty('problem');
  expect(parseGroups('x = a, x = b')).toEqual({ problem: 'the group x is named twice' });
});

describe('how they are given', () => {
  it('in Dedalus: for all checks, or for one', () => {
    const program = programFrom(`${broadcast(NODES)}
//! crashable b, c
//! groups west = a b, east = c
//! check name=one crashes=1 restarts=1 restartable=a
//! check name=two crashable=a groups="west = a, east = b c"
`);
    expect(resolveChecks(program).map(({ bounds }) => bounds)).toMatchObject([
      { crashable: ['b', 'c'], restartable: ['a'], groups: { west: ['a', 'b'], east: ['c'] } },
      { crashable: ['a'], groups: { west: ['a'], east: ['b', 'c'] } },
    ]);
    const [over] = resolveChecks(program, { crashable: ['c'], groups: { x: ['a'], y: ['b'] } });
    expect(over?.bounds).toMatchObject({ crashable: ['c'], groups: { x: ['a'], y: ['b'] } });
  });

  it.each([
    ['//! crashable', /`crashable` names nothing/],
    ['//! groups west', /like west = a b, east = c d; not like "west"/],
    ['//! check groups=west', /groups are written like/],
    ['//! check crashable=a,', /a name is empty/],
    ['//! check crashible=a', /has no key `crashible`/],
  ])('%s is an error of Dedalus', (text, message) => {
    const result = parseProgram(text);
    expect(summary(result)).toHaveLength(1);
    expect(result.diagnostics[0]?.message).toMatch(message);
  });

  const one = (bounds: object = {}) =>
    defineProtocol({
      name: 'one',
      nodes: NODES,
      state: () => ({ got: false }),
      actor: (id) => ({
        init: (ctx) => void (id === 'a' && ctx.send('b', 1)),
        onMessage: (ctx) => void Object.assign(ctx.state, { got: true }),
      }),
      check: (world) => (world.state('b').got ? 'holds' : { violated: 'nothing' }),
      checks: [bounds],
    });
  const bounds = { eot: 3, eff: 1, crashes: 1 };

  it('in a protocol, and in code', async () => {
    const spared = { ...bounds, crashable: ['c'] };
    expect(systemOf(one(), { ...spared, groups: { x: ['a'], y: ['b'] } }).space.bounds).toMatchObject(spared);
    expect((await check(one(), bounds)).kind).toBe('violated');
    expect((await check(one(), spared)).kind).toBe('holds');
    expect((await tolerates(one(), spared)).kind).toBe('yes');
    expect((await survives(one(), [{ kind: 'crash', node: 'c', tick: 1 }], spared)).kind).toBe('yes');
    expect(() => survives(one(), [{ kind: 'crash', node: 'a', tick: 1 }], spared)).toThrow('a is not crashable');
    expect(() => one({ crashable: 'c' })).toThrow('`checks[0].crashable` must be a list of names');
    expect(() => one({ groups: ['c'] })).toThrow('`checks[0].groups` must be lists of nodes by name');
    expect(() => one({ crashible: ['c'] })).toThrow('there is no `crashible`');
  });

  it('in a configuration', () => {
    const specs = [{ files: 'x.ded', crashable: ['a'], groups: { x: ['a'], y: ['b'] } }];
    expect(parseConfig({ specs })).toEqual({ config: { specs } });
    expect(parseConfig({ rank: true, rates: { crash: 1e-9 } })).toHaveProperty('config');
    expect(parseConfig({ rates: { crahs: 1, crash: 1 } })).toEqual({
      problems: [
        { path: ['rates', 'crash'], message: '`rates.crash`: too big: expected number to be <1' },
        { path: ['rates', 'crahs'], message: 'there is no `rates.crahs`', hint: 'is it `crash`?' },
      ],
    });
  });
});
