import { describe, expect, it } from 'vitest';
import { loadProgram, parseProgram } from '../../src/dedalus/load.js';
import { memoryReader, type SourceReader } from '../../src/dedalus/reader.js';
import { load, summary } from './support.js';

describe('files', () => {
  it('reads roots first, then what they include, each file once however named', () => {
    const result = load(
      {
        'p/main.ded': 'include "lib/x.ded"; include "./lib/../lib/x.ded"; include "../p/main.ded"; a("n")@1;',
        'p/lib/x.ded': 'include "y.ded"; include "x.ded"; b("n")@1;',
        'p/lib/y.ded': 'include "../main.ded"; include "x.ded"; c("n")@1;',
        'q.ded': 'include "p/lib/y.ded"; d("n")@1;',
      },
      ['p/main.ded', 'q.ded'],
    );
    expect(summary(result)).toEqual([]);
    expect(result.files.map(({ path }) => path)).toEqual(['p/main.ded', 'q.ded', 'p/lib/x.ded', 'p/lib/y.ded']);
    expect(result.program?.facts.map(({ relation }) => relation)).toEqual(['a', 'd', 'b', 'c']);
    expect(result.program?.files).toEqual(result.files);
  });

  it('looks next to the including file first, then next to the first root', () => {
    const files = {
      'main.ded': 'include "sub/one.ded";',
      'sub/one.ded': 'include "two.ded"; include "three.ded";',
      'sub/two.ded': 'near("n")@1;',
      'two.ded': 'far("n")@1;',
      'three.ded': 'fallback("n")@1;',
    };
    expect(load(files).program?.facts.map(({ relation }) => relation)).toEqual(['near', 'fallback']);
  });

  it('reports includes that cannot be read at the include, roots at the file, and everything else as well', () => {
    const result = load(
      {
        'main.ded': 'include "none.ded";\n include "dir"; include "bin.ded"; include "big.ded";\na("n");',
        'dir/x.ded': '',
        'bin.ded': 'a\0b',
        'big.ded': ' '.repeat(4 * 1024 * 1024 + 1),
      },
      ['main.ded', 'gone.ded', 'bin.ded'],
    );
    expect(summary(result)).toEqual([
      'main.ded:1:1 cannot-read',
      'main.ded:2:2 cannot-read',
      'main.ded:2:17 binary-file',
      'main.ded:2:36 file-too-large',
      'main.ded:3:7 fact-without-tick',
      'gone.ded:1:1 cannot-read',
      'bin.ded:1:1 binary-file',
    ]);
    expect(result.diagnostics.map(({ message }) => message).slice(0, 4)).toEqual([
      'cannot include "none.ded": no such file',
      'cannot include "dir": it is a directory',
      'cannot include "bin.ded": it is a binary file',
      'cannot include "big.ded": it is larger than 4 MiB',
    ]);
    expect(result.program).toBeUndefined();
  });

  it('passes the reader the canonical identity of the including file, and undefined for roots', () => {
    const asked: [string, string | undefined][] = [];
    const reader: SourceReader = {
      read(path, from) {
        asked.push([path, from]);
        if (path === 'gone') return { ok: false, reason: 'it is on holiday' };
        return {
          ok: true,
          id: `id:${path}`,
          path: `shown/${path}`,
          text: path === 'r' ? 'include "s";' : 'include "gone";',
        };
      },
    };
    const result = loadProgram(['r'], reader);
    expect(asked).toEqual([
      ['r', undefined],
      ['s', 'id:r'],
      ['gone', 'id:s'],
      ['gone', 'id:r'],
    ]);
    expect(summary(result)).toEqual(['shown/s:1:1 cannot-read']);
    expect(result.diagnostics[0]?.message).toContain('it is on holiday');
  });

  it('does not warn of relations that may be in a file that could not be read', () => {
    expect(summary(load({ 'm.ded': 'a(X) :- b(X); include "b.ded";' }))).toEqual(['m.ded:1:15 cannot-read']);
    expect(summary(load({ 'm.ded': 'a(X) :- b(X); b("n"' }))).toEqual(['m.ded:1:20 syntax']);
  });

  it('has an empty program for no roots and for empty files', () => {
    for (const result of [loadProgram([], memoryReader({})), parseProgram(''), parseProgram(' // nothing\n')]) {
      expect(result.diagnostics).toEqual([]);
      expect(result.program).toMatchObject({ facts: [], rules: [], checks: [], strata: [['crash']] });
    }
  });
});

describe('all mistakes at once', () => {
  it('reports several mistakes in several files, sorted by file and position', () => {
    const result = load(
      {
        'main.ded':
          'include "inc.ded";\na(X, Y) :- b(X)\nb("n", 1)@1; crash("n", "n", 1)@1;\n//! check eot=none\nc(X) :- b(X, ;',
        'inc.ded': 'e(X) :- b(X, _), notin e(X);\nf(Z)@1 :- b(X, Z), g(T) :- b(T, 1);',
        'other.ded': 'h("x")@1\ni("y")@1;\nh("x", "y")@1; h("z")@1;',
      },
      ['main.ded', 'other.ded'],
    );
    expect(summary(result)).toEqual([
      'main.ded:2:6 unbound-variable',
      'main.ded:2:12 arity-mismatch',
      'main.ded:2:16 missing-semicolon',
      'main.ded:3:14 crash-derived',
      'main.ded:4:15 directive-value',
      'main.ded:5:14 syntax',
      'other.ded:1:9 missing-semicolon',
      'other.ded:3:1 arity-mismatch',
      'inc.ded:1:18 not-stratified',
      'inc.ded:2:5 tick-in-head',
      'inc.ded:2:25 syntax',
    ]);
  });

  it('shows at most 100, errors before warnings, and counts the rest', () => {
    const warnings = 'x("n")@0;'.repeat(150);
    const result = parseProgram(`${warnings}\n${'a(1)@;\n'.repeat(30)}`);
    expect(result.diagnostics).toHaveLength(101);
    expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toHaveLength(30);
    expect(result.diagnostics[100]).toMatchObject({
      code: 'more-diagnostics',
      message: 'and 80 more',
      severity: 'warning',
    });
    const errors = parseProgram('a(1)@;\n'.repeat(5000)).diagnostics;
    expect(errors[100]).toMatchObject({ message: 'and 4900 more', severity: 'error' });
    expect(errors).toHaveLength(101);
  });
});

describe('program', () => {
  it('merges rules and facts that differ in layout only, and keeps those that differ in meaning', () => {
    const { program } = load({
      'm.ded':
        'a("n", 1)@1; a( "n",1 )@1; a("n", "1")@1; a("n", 1)@2; b(X) :- a(X, _); b(X):-a(X,_); b(Y) :- a(Y, _); b(X)@next :- a(X, _);',
    });
    expect(program?.facts.map(({ row, tick }) => [...row, tick])).toEqual([
      ['n', 1, 1],
      ['n', '1', 1],
      ['n', 1, 2],
    ]);
    expect(program?.rules.map(({ time, span }) => [time, span.start])).toEqual([
      ['deductive', 55],
      ['deductive', 86],
      ['inductive', 103],
    ]);
    expect(program?.facts[0]?.clause.span.start).toBe(0);
  });

  it('tabulates relations by name in code-unit order, crash among them', () => {
    const { program } = parseProgram('b("n")@1; B(X, Y) :- b(X), b(Y); a(X, 1, 2)@async :- b(X), notin none(X, X);');
    expect([...(program?.relations.values() ?? [])].map(({ name, arity, builtin }) => [name, arity, builtin])).toEqual([
      ['B', 2, false],
      ['a', 3, false],
      ['b', 1, false],
      ['crash', 3, true],
      ['none', 2, false],
    ]);
  });

  it('keeps the checks of the files named, not of those included', () => {
    const { program, diagnostics } = load(
      {
        'm.ded': '//! check name=one\ninclude "i.ded";\n//! check name=two',
        'i.ded': '//! check name=included',
        'n.ded': '//! check name=three',
      },
      ['m.ded', 'n.ded'],
    );
    expect(diagnostics).toEqual([]);
    expect(program?.checks.map(({ name }) => name)).toEqual(['one', 'two', 'three']);
  });
});
