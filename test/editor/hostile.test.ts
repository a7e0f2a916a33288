/** Whatever is typed, and wherever the cursor is: every feature answers, in time, and points into the text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProgram } from '../../src/dedalus/load.js';
import { checksOf, checksOfModule } from '../../src/editor/checks.js';
import { complete } from '../../src/editor/completion.js';
import { fixes } from '../../src/editor/fixes.js';
import { format } from '../../src/editor/format/format.js';
import { hover } from '../../src/editor/hover.js';
import { definitions, references, rename } from '../../src/editor/names.js';
import { outline } from '../../src/editor/outline.js';
import * as programs from '../dedalus/programs.js';
import { sized } from '../size.js';

/** All that an editor asks of a place; the spans that come back. */
function everything(text: string, offset: number): void {
  const loaded = parseProgram(text);
  const place = { file: 0, offset };
  const { start, items } = complete(loaded, place);
  expect(start).toBeLessThanOrEqual(Math.max(offset, 0));
  expect(new Set(items.map(({ label }) => label)).size).toBe(items.length);
  const shown = hover(loaded, place);
  const renamed = rename(loaded, place, [loaded], 'zz');
  const spans = [
    ...(shown ? [shown.span] : []),
    ...definitions(loaded, place),
    ...references(loaded, place),
    ...('places' in renamed ? renamed.places.map(({ span }) => span) : []),
    ...fixes(loaded, 0, 0, text.length).flatMap(({ edits }) => edits.map(({ span }) => span)),
    ...checksOf(loaded.tree).map(({ span }) => span),
    ...outline(loaded, 0).flatMap((entry) => [entry.span, entry.nameSpan]),
  ];
  for (const span of spans) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
  const done = format(text);
  if ('text' in done) expect(format(done.text)).toEqual(done);
}

const PIECES = [
  'p',
  'q(',
  'X',
  ')',
  '(',
  ',',
  ';',
  ':-',
  '@next',
  '@',
  '1',
  '"a"',
  '"',
  '//',
  '//!',
  ' check ',
  'eot=',
  '/*',
  '*/',
];
const MORE = [
  'notin ',
  'count<',
  '>',
  '_',
  '\n',
  ' ',
  '==',
  '-',
  '+',
  'include ',
  '\0',
  '\u202e',
  "'",
  '\r',
  'durable ',
  'log',
  '\ud83d',
];

describe('every feature', () => {
  it('offers a keyword once, even if it looks like a relation', () => everything('q(:-notin ) check ', 18));

  it('answers to any tokens at any place', () => {
    const soup = fc.array(fc.constantFrom(...PIECES, ...MORE), { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(soup, fc.nat(80), (text, at) => everything(text, Math.min(at, text.length))),
      { numRuns: sized(2_000, 200) },
    );
  });

  it.each(Object.entries(programs))('answers at every place of %s, also with the rest not yet written', (_, text) => {
    for (let at = 0; at <= text.length; at += 7) {
      everything(text, at);
      everything(text.slice(0, at), at);
    }
  });

  it('answers on what is large and nested', () => {
    const names = Array.from(
      { length: 3000 },
      (_, i) => `relation_${i}(X) :- relation_${i + 1}(X), notin other(X, _);`,
    );
    everything(names.join('\n'), 5000);
    everything(`p(${'('.repeat(50_000)}`, 25_000);
    expect(checksOfModule(`'ldfi'; ${'{'.repeat(50_000)}name: 'x', eot: 1${'}'.repeat(50_000)}`)).toEqual([]);
  });
});

describe('the checks of a module', () => {
  const titles = (text: string): string[] => checksOfModule(text).map(({ title }) => title);

  it('are its objects with a name and a bound, wherever they stand', () => {
    const text = `import { defineProtocol } from 'ldfi';
const COMMENT = "{ name: 'no', eot: 1 }"; // { name: 'nor', eot: 2 }
export default make('x', [{ name: 'one', eot: 6, groups: { west: ['a'] } }, { eff: 1, "name": 1, name: "two" }]);
defineProtocol({ name: 'protocol', checks: [{ name: \`three\`, faults: 'omission' }, { name: \`\${four}\`, eot: 1 }] });`;
    expect(titles(text)).toEqual(['one', 'two', 'three']);
    for (const { title, span } of checksOfModule(text)) expect(text.slice(span.start, span.end)).toMatch(`${title}`);
  });

  it('are none in modules that have nothing to do with it', () => {
    expect(titles("const game = { name: 'x', faults: 3 };")).toEqual([]);
  });
});
