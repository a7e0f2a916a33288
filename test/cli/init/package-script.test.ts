import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withReports } from '../../../src/cli/init/ignore.js';
import { withScript } from '../../../src/cli/init/package-script.js';

const textOf = (text: string): string | undefined => {
  const scripted = withScript(text);
  return 'text' in scripted ? scripted.text : undefined;
};

describe('the script of package.json', () => {
  test.each([
    ['four blanks', '{\n    "scripts": {\n        "a": "b"\n    }\n}', '"b",\n        "ldfi": "ldfi test"\n    }\n}'],
    ['one line', '{ "scripts": { "a": "b" } }\n', '{ "scripts": { "a": "b", "ldfi": "ldfi test" } }\n'],
    ['CRLF', '{\r\n  "scripts": {\r\n    "a": "b"\r\n  }\r\n}\r\n', '"b",\r\n    "ldfi": "ldfi test"\r\n  }\r\n}\r\n'],
    [
      'no scripts',
      '{\n  "name": "x",\n  "files": ["a"]\n}',
      '"x",\n  "scripts": {\n    "ldfi": "ldfi test"\n  },\n  "files"',
    ],
    ['no scripts in one line', '{ "name": "x" }', '{ "name": "x", "scripts": { "ldfi": "ldfi test" } }'],
    ['nothing', '{}\n', '{\n  "scripts": {\n    "ldfi": "ldfi test"\n  }\n}\n'],
    ['empty scripts', '{\n\t"scripts": {}\n}\n', '{\n\t"scripts": {\n\t\t"ldfi": "ldfi test"\n\t}\n}\n'],
    ['another ldfi', '{ "scripts": { "ldfi": "x" } }', '{ "scripts": { "ldfi": "x", "test:ldfi": "ldfi test" } }'],
    ['quotes', '{ "scripts": { "a": "b \\"c\\" }" } }', '"b \\"c\\" }", "ldfi": "ldfi test" } }'],
  ])('%s', (_, before, after) => {
    expect(textOf(before)).toContain(after);
  });

  test.each([
    ['{ "scripts": { "ci": "tsc && ldfi test -q" } }', 'its script "ci" runs it already'],
    ['{ "scripts": { "ldfi": "x", "test:ldfi": "y" } }', 'it has scripts ldfi and test:ldfi of its own'],
    ['{ "scripts": [] }', 'it is no package.json that can be read'],
    ['[]', 'it is no package.json that can be read'],
    ['{', 'it is no package.json that can be read'],
  ])('%s is left alone', (text, reason) => {
    expect(withScript(text)).toEqual({ reason });
  });

  test('is all that changes, whatever there is', () => {
    const names = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('scripts', 'ldfi', 'name', '"', '}'));
    const known = fc.record({ name: fc.string(), scripts: fc.dictionary(names, fc.string()) }, { requiredKeys: [] });
    const other = fc.dictionary(names, fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(other, known, fc.constantFrom(undefined, 2, '\t'), (more, own, indent) => {
        const { scripts: _, ...rest } = more;
        const before = JSON.parse(JSON.stringify({ ...rest, ...own }));
        const scripted = withScript(JSON.stringify(before, null, indent));
        if ('reason' in scripted) return;
        const scripts = { ...before.scripts, [scripted.name]: 'ldfi test' };
        expect(before.scripts?.[scripted.name]).toBeUndefined();
        expect(JSON.parse(scripted.text)).toEqual({ ...before, scripts });
      }),
      { numRuns: 300 },
    );
  });
});

test('reports/ is ignored once', () => {
  expect(withReports('')).toBe('reports/\n');
  expect(withReports('a\r\nb')).toBe('a\r\nb\r\nreports/\r\n');
  for (const line of ['reports', '/reports/', 'reports/*', '**/reports/'])
    expect(withReports(`a\n${line}\n`)).toBeUndefined();
  for (const line of ['# reports/', 'my-reports/', '!reports/']) expect(withReports(line)).toBe(`${line}\nreports/\n`);
});
