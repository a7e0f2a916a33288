/**
 * Properties found in the text of a module, whatever stands around them.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findProperty, type PropertyPath } from '../../../src/report/source/literal.js';

/** The text found, and its offset. */
const found = (text: string, path: PropertyPath, at = text.indexOf('{')): [string, number] | undefined => {
  const piece = findProperty(text, at, path);
  return piece && [text.slice(piece.start, piece.end), piece.start];
};

describe('a property', () => {
  it.each([
    ['{ a: 1, b: 2 }', 8],
    ["{ 'b': 2 }", 2],
    ['{ b, c }', 2],
    ['{ async b() {} }', 8],
    ['{ *b() {} }', 3],
    ['{ get b() { return 1; } }', 6],
    ['{ b<T>(x: T) {} }', 2],
    ['{ // b: 1,\n b /* here */ : 2 }', 12],
    ['{ a: { b: 1 }, b: 2 }', 15],
    ['{ a: [1, b, (b, b)], b: 2 }', 21],
    ['{ a: (x: Map<b, b>) => ({ b: 1 }), b: 2 }', 35],
    [`{ a: 'b: ,', c: \`\${{ b: 1 }}\`, d: /[{,]b:/, b: 2 }`, 44],
    ['{ b: 1, ...rest, [b]: 2, b: 3 }', 25],
    ['{ async: 1, get: 2, b }', 20],
  ])('%s', (text, start) => {
    expect(found(text, ['b'])?.[1]).toBe(start);
    expect(found(text, ['b'])?.[0]).toMatch(/^'?b'?$/);
  });

  it('is not made up', () => {
    for (const text of [
      '{}',
      '{ a: { b: 1 } }',
      "{ ['b']: 1 }",
      '{ ...b }',
      '{ a: 1',
      '{ a: "b: 1" }',
      'make({ b: 1 })',
    ])
      expect(found(text, ['b'], 0)).toBeUndefined();
  });
});

describe('a path', () => {
  const text = "{ checks: [{ eot: 1 }, /* one */ { name: 'x', eff: 2, }, ...more, { eot: 3 }], list: (({ a: [1] })) }";

  it('leads through objects and lists', () => {
    expect(found(text, ['checks', 1, 'eff'])).toEqual(['eff', text.indexOf('eff')]);
    expect(found(text, ['checks', 1])?.[0]).toBe("{ name: 'x', eff: 2, }");
    expect(found(text, ['list', 'a', 0])?.[0]).toBe('1');
  });

  it('goes as far as it can be followed', () => {
    expect(found(text, ['checks', 0, 'eff'])?.[0]).toBe('{ eot: 1 }');
    expect(found(text, ['checks', 9, 'eot'])?.[0]).toBe('checks');
    expect(found(text, ['checks', 3, 'eot'])?.[0]).toBe('checks');
    expect(found('{ checks: make([{ eot: 1 }]) }', ['checks', 0])?.[0]).toBe('checks');
  });

  it('leads to constants of the same module', () => {
    const module = "const list: Check[] = [{ eot: 'x' }];\nconst all = { list };\nlet $a = all;\nmake($a);";
    expect(found(module, ['list', 0, 'eot'], module.indexOf('$a)'))).toEqual(['eot', module.indexOf('eot')]);
    const circle = 'const a = b;\nconst b = a;\nmake(a);';
    expect(found(circle, ['x'], circle.indexOf('a)'))).toBeUndefined();
  });
});

it('every property of what is written out, in any form', () => {
  const value = fc.constantFrom(
    ...['1', "'}{,'", `\`\${\`,\`}{\``, '(a, b) => ({ k0: a })', '[1, [2], {}]', '{ k1: 1, k2() {} }'],
  );
  const noise = fc.constantFrom('', ' ', '\n', '/* k0: { */', '// }, k1\n');
  const form = fc.constantFrom(
    (key: string, v: string) => `${key}: ${v}`,
    (key: string, v: string) => `"${key}": ${v}`,
    (key: string) => `${key}(x, y) { return [x, { y }]; }`,
    (key: string) => key,
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(noise, form, value, noise), { maxLength: 6 }), (properties) => {
      let text = '{';
      const starts = properties.map(([before, write, v, after], i) => {
        const start = text.length + before.length;
        text += `${before}${write(`k${i}`, v)}${after},`;
        return start;
      });
      text += '}';
      expect(starts.map((_, i) => findProperty(text, 0, [`k${i}`])?.start)).toEqual(starts);
    }),
    { seed: 1, numRuns: 500 },
  );
});
