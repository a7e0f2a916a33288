import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/dedalus/diagnostic.js';
import { loadProgram, parseProgram } from '../../src/dedalus/load.js';
import { locate } from '../../src/dedalus/locate.js';
import { memoryReader } from '../../src/dedalus/reader.js';
import { renderDiagnostic, renderDiagnostics } from '../../src/dedalus/render.js';
import { load } from './support.js';

const rendered = (text: string): string => {
  const { diagnostics, files } = parseProgram(text, 'spec.ded');
  return renderDiagnostics(diagnostics, files);
};

/** A diagnostic at `[start, end)` of a text, rendered. */
const frame = (text: string, start: number, end: number): string => {
  const diagnostic: Diagnostic = { severity: 'error', code: 'x', message: 'm', span: { file: 0, start, end } };
  return renderDiagnostic(diagnostic, [{ path: 'f', text }]);
};

describe('code frames', () => {
  it('shows the place, the underlined line, the hint and the related places', () => {
    expect(
      rendered('b("n", 1)@1;\nb("n", 2)@1;\n\nok(X) :- b(X, _);\na(X) :- b(X), notin crash(X, _);\nq("n");\n'),
    ).toMatchInlineSnapshot(`
      "error[arity-mismatch]: \`b\` has 1 argument here, but 2 arguments elsewhere
       --> spec.ded:5:9
        |
      5 | a(X) :- b(X), notin crash(X, _);
        |         ^^^^
      note: 2 arguments here
       --> spec.ded:1:1
        |
      1 | b("n", 1)@1;
        | ---------

      error[arity-mismatch]: the built-in \`crash\` has 3 arguments, not 2
       --> spec.ded:5:21
        |
      5 | a(X) :- b(X), notin crash(X, _);
        |                     ^^^^^^^^^^^
        = help: write \`crash(Observer, Node, CrashTick)\`: the tick of the look-up is implicit

      error[fact-without-tick]: a fact needs the tick at which it holds
       --> spec.ded:6:7
        |
      6 | q("n");
        |       ^
        = help: did you mean \`@1\`?
      "
    `);
  });

  it('lines up numbers of different lengths', () => {
    expect(rendered(`${'\n'.repeat(8)}b("n", 1)@1;b("n", 2)@1;\n\na(X) :- b(X);\n`)).toMatchInlineSnapshot(`
      "error[arity-mismatch]: \`b\` has 1 argument here, but 2 arguments elsewhere
        --> spec.ded:11:9
         |
      11 | a(X) :- b(X);
         |         ^^^^
      note: 2 arguments here
        --> spec.ded:9:1
         |
       9 | b("n", 1)@1;b("n", 2)@1;
         | ---------
      "
    `);
  });

  it('expands tabs, and keeps the underline under the span', () => {
    expect(frame('\ta(\tX)\t@1;', 4, 5)).toMatchInlineSnapshot(`
      "error[x]: m
       --> f:1:5
        |
      1 |     a(    X)    @1;
        |           ^"
    `);
  });

  it('leaves out the CR of CRLF, and underlines one column past the end of a line', () => {
    expect(frame('first\r\nsecond\r\nthird', 13, 13)).toMatchInlineSnapshot(`
      "error[x]: m
       --> f:2:7
        |
      2 | second
        |       ^"
    `);
    expect(frame('first\r\nsecond\r\nthird', 13, 13)).not.toContain('\r');
  });

  it('underlines the first line of a span that runs on', () => {
    expect(frame('a(X) :-\n  b(X);', 0, 15)).toMatchInlineSnapshot(`
      "error[x]: m
       --> f:1:1
        |
      1 | a(X) :-
        | ^^^^^^^"
    `);
  });

  it('cuts long lines around the span', () => {
    const text = `${'a'.repeat(5000)}MARK${'z'.repeat(5000)}`;
    expect(frame(text, 5000, 5004)).toMatchInlineSnapshot(`
      "error[x]: m
       --> f:1:5001
        |
      1 | …aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaMARKzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz…
        |                                                              ^^^^"
    `);
    expect(frame(text, 10, 9000)).toMatchInlineSnapshot(`
      "error[x]: m
       --> f:1:11
        |
      1 | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
        |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
    `);
    expect(frame(text, 10004, 10004)).toMatchInlineSnapshot(`
      "error[x]: m
       --> f:1:10005
        |
      1 | …zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz
        |                                                              ^"
    `);
  });

  it('does not cut a character in two', () => {
    const text = `${'😀'.repeat(500)}z${'😀'.repeat(10)}x${'😀'.repeat(500)}`;
    const spans = [
      [900, 902],
      [998, 1000],
      [1000, 1001],
      [1001, 1003],
      [1021, 1022],
      [1022, 1024],
    ] as const;
    for (const [start, end] of spans) expect(frame(text, start, end)).not.toMatch(/\\u\{d[89a-f]/);
  });

  it('escapes whatever could drive a terminal or misplace the underline', () => {
    expect(frame('a("\u001b[31m\u0007\u202e\u200b中é\u0085\ud800\r")@1;', 20, 22)).toMatchInlineSnapshot(`
      "error[x]: m
       --> f:1:21
        |
      1 | a("\\u{1b}[31m\\u{7}\\u{202e}\\u{200b}\\u{4e2d}é\\u{85}\\u{d800}\\u{d}")@1;
        |                                                                   ^"
    `);
    const diagnostic: Diagnostic = {
      severity: 'warning',
      code: 'c\u001b',
      message: 'm\n\u001b[2J',
      hint: 'h\u009b',
      span: { file: 0, start: 0, end: 0 },
    };
    expect(renderDiagnostic(diagnostic, [{ path: 'p\u001b\n', text: 'x' }])).toMatchInlineSnapshot(`
      "warning[c\\u{1b}]: m\\u{a}\\u{1b}[2J
       --> p\\u{1b}\\u{a}:1:1
        |
      1 | x
        | ^
        = help: h\\u{9b}"
    `);
  });

  it('has no frame for a file as a whole, nor for what was not shown', () => {
    const { diagnostics, files } = loadProgram(['gone.ded'], memoryReader({}));
    expect(renderDiagnostics(diagnostics, files)).toMatchInlineSnapshot(`
      "error[cannot-read]: cannot read "gone.ded": no such file
       --> gone.ded
      "
    `);
    expect(rendered('a(1)@;'.repeat(101)).split('\n').slice(-3)).toEqual(['', 'and 1 more', '']);
    expect(renderDiagnostics([], [])).toBe('');
  });

  it('colours through the palette only', () => {
    const tag = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const palette = { red: tag('r'), yellow: tag('y'), blue: tag('b'), bold: tag('B'), dim: tag('d') };
    const { diagnostics, files } = parseProgram('a("n");\nx(X) :- y(X);', 'p.ded');
    const coloured = renderDiagnostics(diagnostics, files, palette);
    expect(coloured).toMatchInlineSnapshot(`
      "<B><r>error[fact-without-tick]</r></B><B>: a fact needs the tick at which it holds</B>
       <b>--></b> p.ded:1:7
        <b>|</b>
      <b>1</b> <b>|</b> a("n");
        <b>|</b>       <r>^</r>
        <b>=</b> <B>help</B>: did you mean \`@1\`?

      <B><y>warning[never-derived]</y></B><B>: \`y\` is never derived and has no facts, so it is empty</B>
       <b>--></b> p.ded:2:9
        <b>|</b>
      <b>2</b> <b>|</b> x(X) :- y(X);
        <b>|</b>         <y>^</y>
      "
    `);
    expect(coloured.replace(/<\/?[a-zB]>/g, '')).toBe(renderDiagnostics(diagnostics, files));
  });
});

describe('locate', () => {
  it('counts lines and columns from 1, in every file', () => {
    const { files } = load({ 'a.ded': 'include "b.ded";\r\nx("n")@1;\n', 'b.ded': '\n\n  y("n")@1;' });
    const at = (file: number, start: number) => {
      const { path, line, column } = locate(files, { file, start, end: start });
      return `${path}:${line}:${column}`;
    };
    expect([at(0, 0), at(0, 17), at(0, 18), at(0, 28), at(1, 1), at(1, 4)]).toEqual([
      'a.ded:1:1',
      'a.ded:1:18',
      'a.ded:2:1',
      'a.ded:3:1',
      'b.ded:2:1',
      'b.ded:3:3',
    ]);
  });

  it('answers many questions about a big file quickly, each like counting newlines', () => {
    const text = 'abc\n\nde\r\n'.repeat(100_000);
    const files = [{ path: 'f', text }];
    let newlines = 0;
    let lineStart = 0;
    for (let start = 0; start < text.length; start++) {
      const { line, column } = locate(files, { file: 0, start, end: start });
      if (line !== newlines + 1 || column !== start - lineStart + 1) expect.fail(`wrong at ${start}`);
      if (text[start] === '\n') {
        newlines++;
        lineStart = start + 1;
      }
    }
    expect(newlines).toBe(300_000);
  });
});
