/**
 * TAP 14, read by a little reader of its grammar.
 */
import { expect, test } from 'vitest';
import { jsonReport } from '../../../src/report/reporters/json.js';
import { tapReport } from '../../../src/report/reporters/tap.js';
import { textReport } from '../../../src/report/reporters/text.js';
import { resultFromJson } from '../../../src/report/schema.js';
import { PLAIN, RESULT, samples, unprintable } from './support.js';

test('a test point per check, particulars as YAML', () => {
  expect(tapReport(PLAIN)).toBe(`TAP version 14
# ldfi
1..5
not ok 1 - specs/a.ded loss
  ---
  message: "It breaks."
  reason: "violated, but expected holds"
  severity: fail
  verdict: "violated"
  counterexamples: 1
  at:
    file: "specs/a.ded"
    line: 5
    column: 1
  timeline:
    - "tick 1: a → b  got(\\"b\\")  LOST"
  ...
ok 2 - specs/a.ded calm
not ok 3 - specs/a.ded slow
  ---
  message: "Stopped."
  reason: "inconclusive"
  severity: todo
  verdict: "inconclusive"
  counterexamples: 0
  at:
    file: "specs/a.ded"
    line: 5
    column: 1
  ...
ok 4 - b.ts lock late # SKIP not run
not ok 5 - c.ded can be read
  ---
  severity: fail
  at:
    file: "c.ded"
    line: 2
    column: 7
  problems:
    - "unexpected \\";\\""
  ...
`);
});

test('the grammar holds whatever the names are', () => {
  for (const input of samples(300)) {
    const text = tapReport(input);
    expect(unprintable(text)).toEqual([]);
    const [version, mark, plan, ...lines] = text.split('\n');
    expect(version).toBe('TAP version 14');
    expect(mark).toBe('# ldfi');
    expect(plan).toBe(`1..${input.checks.length + input.unread.length}`);
    expect(lines.pop()).toBe('');
    let number = 0;
    let inside = false;
    for (const line of lines) {
      if (line === '  ---' || line === '  ...') inside = line === '  ---';
      else if (inside) expect(line).toMatch(/^ {2,}(- "(\\.|[^"\\])*"|\w+:( ("(\\.|[^"\\])*"|\d+|\w+))?)$/);
      else {
        expect(line).toMatch(new RegExp(`^(not )?ok ${++number} - `));
        const standing = input.checks[number - 1]?.standing;
        // A directive begins at an unescaped `#`.
        expect(/(?<!\\)(\\\\)*#/.test(line)).toBe(standing === 'not-run');
        expect(line.startsWith('ok ')).toBe(standing === 'passed' || standing === 'not-run');
      }
    }
  }
});

test('JSON is the result itself, text what the terminal shows', () => {
  expect(resultFromJson(jsonReport(PLAIN))).toEqual({ result: RESULT });
  expect(textReport(PLAIN)).toContain('specs/a.ded\n✗ VIOLATED  loss\n');
  expect(textReport(PLAIN)).toContain('! COULD NOT BE READ  c.ded\n  unexpected ";"\n');
  expect(textReport(PLAIN)).toMatch(/\n4 checks: 1 violated, 1 holds, 2 inconclusive\n$/);
});

test('same input, same bytes', () => {
  for (const report of [tapReport, jsonReport, textReport])
    expect(samples(50).map(report)).toEqual(samples(50).map(report));
});
