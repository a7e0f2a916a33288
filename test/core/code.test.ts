/**
 * What is code in the text of a module, and what is not.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeOf } from '../../src/core/code.js';

it.each([
  ['a // b {\nc /* { \n */ d', 'a       \nc      \n    d'],
  ["f('{', \"it's }\", `{`)", 'f(\' \', "      ", ` `)'],
  ["'\\'{' }", "'   ' }"],
  [`\`a \${b({ c: \`}\${\`{\`}\` })} {\` }`, '`                          ` }'],
  ['x = /[/{\'"]/g; {', 'x = /        ; {'],
  ["a = b / c; d = '{' / 2", "a = b / c; d = ' ' / 2"],
  ['return /{/', 'return / /'],
  ['(a) / 2; } // {', '(a) / 2; }     '],
])('%s', (text, code) => {
  expect(codeOf(text)).toBe(code);
});

it('a string that does not end is one for its line only, a template to the end', () => {
  expect(codeOf("it's {\n{ b }")).toBe("it'   \n{ b }");
  expect(codeOf('a `${ {\n{')).toBe('a `    \n ');
});

it('offsets and lines stay, whatever the text is', () => {
  const piece = fc.constantFrom(
    ...['`', '${', '}', '{', "'", '"', '\\', '/', '*', '//', '/*', '*/', '\n', 'a', ' ', '['],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      const code = codeOf(text);
      expect(code).toHaveLength(text.length);
      for (let i = 0; i < text.length; i++)
        if (text[i] === '\n' || code[i] === '\n') expect(code[i]).toBe(text[i]);
        else expect([text[i], ' ']).toContain(code[i]);
    }),
    { seed: 1, numRuns: 2000 },
  );
});
