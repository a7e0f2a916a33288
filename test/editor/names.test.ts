import { describe, expect, it } from 'vitest';
import { type LoadResult, loadProgram } from '../../src/dedalus/load.js';
import { printClauses } from '../../src/dedalus/print.js';
import { memoryReader } from '../../src/dedalus/reader.js';
import { complete } from '../../src/editor/completion.js';
import { fixes } from '../../src/editor/fixes.js';
import { hover } from '../../src/editor/hover.js';
import { definitions, references, rename } from '../../src/editor/names.js';
import { outline } from '../../src/editor/outline.js';
import { usesOf } from '../../src/editor/place.js';
import { load } from '../dedalus/support.js';
import { randomSpec } from '../reference/random-program.js';

/** A program of one text, in which `‸` is the place that is meant. */
function at(marked: string): { loaded: LoadResult; place: { file: number; offset: number } } {
  const offset = marked.indexOf('‸');
  return { loaded: load({ 'a.ded': marked.replace('‸', '') }), place: { file: 0, offset } };
}

/** Renames what is at a place of one text; the new text, or the problem. */
function renamed(marked: string, to: string): string {
  const { loaded, place } = at(marked);
  const done = rename(loaded, place, [loaded], to);
  if ('problem' in done) return done.problem;
  let text = loaded.files[0]?.text ?? '';
  for (const { span } of [...done.places].sort((a, b) => b.span.start - a.span.start))
    text = text.slice(0, span.start) + to + text.slice(span.end);
  return text;
}

describe('rename', () => {
  it.each([
    ['p(X‸) :- q(X, Y), r(Y);\ns(X) :- q(X, _);', 'N', 'p(N) :- q(N, Y), r(Y);\ns(X) :- q(X, _);'],
    ['p(X, count<Y‸>) :- q(X, Y), Y > 1 + Y;', 'Z', 'p(X, count<Z>) :- q(X, Z), Z > 1 + Z;'],
    [
      '//! durable q, p\n//! timer q\np(X) :- q‸(X), notin q(X)@1;',
      'r',
      '//! durable r, p\n//! timer r\np(X) :- r(X), notin r(X)@1;',
    ],
    ['q("a")@1;\np(X)@next :- ‸q(X); // q', 'r', 'r("a")@1;\np(X)@next :- r(X); // q'],
    ['p(X‸) :- q(X, Y);', 'Y', 'there is a variable `Y` in this rule'],
    ['p‸(X) :- q(X, Y);', 'q', 'there is a relation `q` in a.ded'],
    ['p‸(X) :- q(X, Y);', '', /a name is made of/],
    ['p‸(X) :- q(X, Y);', '_', /a name is made of/],
    ['p‸(X) :- q(X, Y);', 'notin', /a name is made of/],
    ['p‸(X) :- q(X, Y);', 'never', /a meaning of its own/],
    ['pre‸(X) :- q(X, Y);', 'before', /a meaning of its own/],
    ['p(X) :-‸ q(X, Y);', 'z', /no relation or variable here/],
    ['p‸(X) :- q(X, Y);\np(X) :- ', 'z', /mend the mistakes in a.ded first/],
  ])('%j to %s', (marked, to, wanted) => {
    if (typeof wanted === 'string') expect(renamed(marked, to)).toBe(wanted);
    else expect(renamed(marked, to)).toMatch(wanted);
  });

  it('is of every program that shares a file in which the name stands', () => {
    const files = {
      'a.ded': 'include "shared.inc"; p(X) :- q(X);',
      'b.ded': 'include "shared.inc"; include "more.inc"; r(X) :- s(X);',
      'c.ded': 'include "more.inc"; q(X) :- t(X);',
      'd.ded': 'q(X) :- t(X);',
      'shared.inc': 'q("a")@1;',
      'more.inc': 's(X) :- q(X);',
    };
    const programs = ['a', 'b', 'c', 'd'].map((name) => loadProgram([`${name}.ded`], memoryReader(files)));
    const done = rename(programs[0] as LoadResult, { file: 0, offset: files['a.ded'].indexOf('q(X)') }, programs, 'z');
    const ids = 'places' in done ? done.places.map(({ id }) => id) : [];
    expect(ids.sort()).toEqual(['a.ded', 'c.ded', 'more.inc', 'shared.inc']);
    const clash = rename(programs[0] as LoadResult, { file: 0, offset: files['a.ded'].indexOf('q(X)') }, programs, 't');
    expect(clash).toEqual({ problem: 'there is a relation `t` in c.ded' });
  });

  it('of any relation of a random program gives the same program with another name', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const { text } = randomSpec(seed);
      const before = load({ 'a.ded': text });
      const names = new Set(usesOf(before.tree).map(({ name }) => name));
      for (const name of names) {
        if (['pre', 'post', 'crash', 'never'].includes(name)) continue;
        const use = usesOf(before.tree).find((one) => one.name === name);
        const offset = use?.span.start ?? 0;
        const after = renamed(`${text.slice(0, offset)}‸${text.slice(offset)}`, 'a_new_name');
        const printed = (result: LoadResult): string => printClauses([...result.tree.facts, ...result.tree.rules]);
        const one = load({ 'a.ded': after });
        expect(one.program).toBeDefined();
        expect(printed(one).replaceAll('a_new_name', name)).toBe(printed(before));
      }
    }
  });
});

describe('what is at a place', () => {
  it('is defined and used', () => {
    const { loaded, place } = at('p(X) :- q(X), r(X);\nq("a")@1;\nq(X)@next :- ‸q(X);');
    expect(definitions(loaded, place).map(({ start }) => start)).toEqual([20, 30]);
    expect(references(loaded, place).length).toBe(4);
    expect(references(loaded, place, false).length).toBe(2);
    const variable = at('p(X) :- notin r(X), q(‸X), X > 1;');
    expect(definitions(variable.loaded, variable.place)).toMatchObject([{ start: 22 }]);
  });

  it('is explained', () => {
    const said = (marked: string): string => {
      const { loaded, place } = at(marked);
      return hover(loaded, place)?.markdown ?? '';
    };
    expect(said('// what it has\nlog(X, M) :- ‸log(X, M), start(X);')).toMatch(
      /log\(X, M\)[\s\S]*2 arguments; derived by 1 rule and 0 facts; read by 1 rule[\s\S]*what it has/,
    );
    expect(said('p(X) :- ‸q(X);')).toContain('never derived, so it is empty');
    expect(said('p(X) :- q(‸X), X == Y;')).toMatch(/bound by[\s\S]*q\(X\)/);
    expect(said('p(‸Z) :- q(X);')).toContain('nothing binds');
    expect(said('p(X)‸@next :- q(X);')).toContain('at the next tick');
    expect(said('p(X, coun‸t<Y>) :- q(X, Y);')).toContain('distinct values');
    expect(said('//! check e‸ff=3')).toContain('whole number');
    expect(said('p(X) :- notin c‸rash(X, X, _), q(X);')).toContain('CrashTick');
    expect(said('q("```\u202e\n# loud")@1;\np(X) :- ‸q(X);')).toMatch(/````ded[\s\S]*\\u\{202e\}/);
    expect(said('p(X) ‸ :- q(X);')).toBe('');
  });

  it('is completed', () => {
    const labels = (marked: string): string[] => {
      const { loaded, place } = at(marked);
      return complete(loaded, place).items.map(({ label }) => label);
    };
    expect(labels('p(X)@‸')).toEqual(['@next', '@async', '@1']);
    expect(labels('q(X)@1;\np(X, Y) :- ‸')).toEqual(['crash', 'q', 'X', 'Y', 'notin']);
    expect(labels('p(X, Y) :- q(‸')).toEqual(['X', 'Y', '_']);
    expect(labels('p(X, ‸')).toContain('count<');
    expect(labels('p("a")@1;\n‸')).toEqual(['never', 'p', 'post', 'pre', 'include']);
    expect(labels('//! ‸')).toContain('durable');
    expect(labels('p("a")@1;\n//! durable ‸')).toEqual(['p']);
    expect(labels('//! check eot=6 ‸')).not.toContain('eot');
    expect(labels('//! check expect=‸')).toContain('violated');
    expect(labels('//! check faults=omission,‸')).toContain('delay');
    expect(labels('p("a")@1; p("b")@1;\n//! check nodes=‸')).toEqual(['a', 'b']);
    for (const marked of ['// p‸', '/* p‸', 'p("a‸', 'p(X) :- q(X)‸'])
      expect(labels(marked).includes('crash')).toBe(false);
  });

  it('is in the outline, by relation', () => {
    const loaded = load({ 'a.ded': '//! check name=c\np("a")@1;\nq(X) :- p(X);\np(X)@next :- p(X);' });
    expect(outline(loaded, 0)).toMatchObject([
      { kind: 'check', name: 'c' },
      { kind: 'relation', name: 'p/1', detail: '1 rule, 1 fact', children: [{ kind: 'fact' }, { kind: 'rule' }] },
      { kind: 'relation', name: 'q/1' },
    ]);
  });
});

describe('quick fixes', () => {
  /** Applies the first fix again and again. */
  function mended(text: string, most = 5): string {
    let now = text;
    for (let i = 0; i < most; i++) {
      const loaded = load({ 'a.ded': now });
      const [fix] = fixes(loaded, 0, 0, now.length);
      if (!fix) return now;
      for (const { span, text: own } of [...fix.edits].sort((a, b) => b.span.start - a.span.start))
        now = now.slice(0, span.start) + own + now.slice(span.end);
    }
    throw new Error(`there is always one more: ${now}`);
  }

  it.each([
    ['p("a");', 'p("a")@1;'],
    ['p("a")@0;', 'p("a")@1;'],
    ['p(a)@1;', 'p("a")@1;'],
    ["p('a')@1;", 'p("a")@1;'],
    ['# note\np("a")@1;', '// note\np("a")@1;'],
    ['p("a")@1', 'p("a")@1;'],
    ['p("a")@1;;', 'p("a")@1;'],
    ['p(X) :- p(X), \nq(X) :- p(X);', 'p(X) :- p(X); \nq(X) :- p(X);'],
    ['p(X) :- p(X).', 'p(X) :- p(X);'],
    ['p(X) <- p(X);', 'p(X) :- p(X);'],
    ['p(X) :- p(X), not p(X)@1;', 'p(X) :- p(X), notin p(X)@1;'],
    ['p(X) :- p(X) p(X)@1;', 'p(X) :- p(X), p(X)@1;'],
    ['p(X) :- p(X), X = 1;', 'p(X) :- p(X), X == 1;'],
    ['p(X, cuont<Y>) :- p(X, Y);', 'p(X, count<Y>) :- p(X, Y);'],
    ['p(X, count<Value>) :- p(X, Valeu);', 'p(X, count<Valeu>) :- p(X, Valeu);'],
    ['wanted("a")@1;\np(X) :- wantd(X), notin wantd(X)@1;', 'wanted("a")@1;\np(X) :- wanted(X), notin wanted(X)@1;'],
    ['//! chekc eot=3\np("a")@1;', '//! check eot=3\np("a")@1;'],
    ['//! check oet=3\np("a")@1;', '//! check eot=3\np("a")@1;'],
    ['//! check expect=hold\np("a")@1;', '//! check expect=holds\np("a")@1;'],
    ['//! durable lgo\nlog("a")@1;', '//! durable log\nlog("a")@1;'],
  ])('%j', (text, wanted) => {
    expect(mended(text)).toBe(wanted);
  });

  it('mend a name in all its places, too', () => {
    const loaded = load({ 'a.ded': 'wanted("a")@1;\np(X) :- wantd(X), notin wantd(X)@1;' });
    expect(fixes(loaded, 0, 24, 24).map(({ title, edits }) => [title, edits.length])).toEqual([
      ['Replace `wantd` by `wanted`', 1],
      ['Replace `wantd` by `wanted` in all 2 places of this file', 2],
    ]);
  });
});
