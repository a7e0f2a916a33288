/**
 * Lines broken at the width of a terminal.
 */
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapped, wrappedDiagnostics } from '../../src/cli/io/wrap.js';

const LONG = '    1. bank crashes at tick 1, before it says anything at all to the shop (without it the promise holds)';

describe('a long line', () => {
  it('is broken between words, and the rest is indented further', () => {
    expect(wrapped(LONG, 60).split('\n')).toEqual([
      '    1. bank crashes at tick 1, before it says anything at',
      '      all to the shop (without it the promise holds)',
    ]);
  });

  it('keeps its colours', () => {
    const red = `  \x1b[31m${'word '.repeat(20).trim()}\x1b[39m`;
    const lines = wrapped(red, 50).split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines)
      expect([line.startsWith('  '), line.includes('\x1b[31m'), line.endsWith('\x1b[39m')]).toEqual([true, true, true]);
  });

  it('stays whole if it is a command, or if there is no terminal', () => {
    const command = `  Replay  npx ldfi replay ${'reports/x '.repeat(20)}`;
    expect(wrapped(command, 60)).toBe(command);
    expect(wrapped(LONG, undefined)).toBe(LONG);
  });

  it('of a diagnostic is broken, but not its code', () => {
    const text = [
      `error[no-file]: ${'word '.repeat(20).trim()}`,
      ` --> ${'folder/'.repeat(12)}s.ded:1:9`,
      '  |',
      `1 | include ${'"somewhere else" '.repeat(6)}`,
      '  |         \x1b[31m^^^^\x1b[39m',
      `  \x1b[34m=\x1b[39m help: ${'look '.repeat(20).trim()}`,
    ];
    const lines = wrappedDiagnostics(text.join('\n'), 60).split('\n');
    expect(lines.filter((line) => text.includes(line))).toEqual(text.slice(1, 5));
    expect(lines.length).toBeGreaterThan(text.length + 2);
    expect(lines.map((line) => line.trim()).join(' ')).toBe(text.map((line) => line.trim()).join(' '));
  });

  it('loses nothing but spaces, and fits as far as its words do', () => {
    const words = fc.array(fc.stringMatching(/^[a-zé漢]{1,12}$/), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(words, fc.nat(12), fc.integer({ min: 60, max: 120 }), (list, indent, columns) => {
        const line = ' '.repeat(indent) + list.join(' ');
        const lines = wrapped(line, columns).split('\n');
        expect(lines.map((one) => one.trim()).join(' ')).toBe(list.join(' '));
        for (const one of lines) expect(stripVTControlCharacters(one).length).toBeLessThanOrEqual(columns);
      }),
      { seed: 12 },
    );
  });
});
