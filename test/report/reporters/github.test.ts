/**
 * Workflow commands and the Markdown of GitHub: as documented, whatever the names are.
 */
import { expect, test } from 'vitest';
import { githubReport } from '../../../src/report/reporters/github.js';
import { markdownReport } from '../../../src/report/reporters/markdown.js';
import { NOWHERE, PLAIN, SEVERAL, samples, unprintable } from './support.js';

test('a command per check that did not pass, and per mistake of a spec', () => {
  expect(githubReport(PLAIN)).toBe(
    [
      '::error file=specs/a.ded,line=5,col=1,title=ldfi%3A specs/a.ded loss::It breaks. (violated, but expected holds)%0A%0Atick 1: a → b  got("b")  LOST',
      '::warning file=specs/a.ded,line=5,col=1,title=ldfi%3A specs/a.ded slow::Stopped. (inconclusive)',
      '::warning file=specs/a.ded,line=5,col=1,title=ldfi%3A b.ts lock late::Not run. (not run)',
      '::error file=c.ded,line=2,col=7,title=ldfi cannot read c.ded::unexpected ";"',
      '',
    ].join('\n'),
  );
});

test('what is in no file is one annotation without a line', () => {
  expect(githubReport(NOWHERE).split('\n')[0]).toBe(
    '::error title=ldfi%3A node a.js loss::It breaks. (violated, but expected holds)%0A%0Atick 1: a → b  got("b")  LOST',
  );
  expect(markdownReport(NOWHERE)).toContain('\nIt breaks. (violated, but expected holds)\n');
});

test('counterexamples of one line are one annotation; every check has its first before any has its second', () => {
  const lines = githubReport(SEVERAL).split('\n');
  expect(lines.map((line) => line.replace(/,col=.*?::/, ' ').replace(/ \(violated.*/, ''))).toEqual([
    '::error file=specs/a.ded,line=5 It breaks.',
    '::warning file=specs/a.ded,line=5 Stopped. (inconclusive)',
    '::warning file=specs/a.ded,line=5 Not run. (not run)',
    '::error file=c.ded,line=2 unexpected ";"',
    '::error file=specs/a.ded,line=9 It breaks there.',
    '',
  ]);
  expect(lines[0]).toContain('%0A%0A1 more way to break it that leads here:%0A- It breaks here too.%0A');
  expect(lines[0]).toMatch(/%0A1 further way to break it without an annotation; the JSON has all\.$/);
});

/** A command as GitHub's runner takes it apart. */
const COMMAND = /^::(error|warning) (file=[^:,]*,line=\d+,col=\d+,)?title=([^:,]*)::(.*)$/;

test('commands stay commands whatever the names are', () => {
  for (const input of samples(300)) {
    const text = githubReport(input);
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    const wanted = input.checks.map(({ standing, classes }) =>
      standing === 'passed' ? 0 : Math.max(1, new Set(classes.map(({ place: p }) => p && `${p.line} ${p.file}`)).size),
    );
    expect(lines).toHaveLength(
      wanted.reduce((sum, n) => sum + n, 0) + input.unread.reduce((sum, { problems }) => sum + problems.length, 0),
    );
    for (const line of lines) expect(line).toMatch(COMMAND);
    expect(unprintable(text)).toEqual([]);
    expect(text.replace(/%(25|0A|3A|2C)/g, '')).not.toContain('%');
  }
});

test('a table of all checks, a diagram of what failed', () => {
  expect(
    markdownReport(PLAIN),
  ).toBe(`## ldfi: 4 checks, 1 fine, 1 failed, 1 inconclusive, 1 not run, 1 spec could not be read

| | Check | Verdict | eot / eff / crashes / nodes | Counterexamples | Executions |
| --- | --- | --- | --- | ---: | ---: |
| ❌ | specs/a.ded loss | violated, but expected holds | 4 / 2 / 0 / 2 | 1 | 2 |
| ✅ | specs/a.ded calm | holds | 4 / 2 / 0 / 2 | 0 | 2 |
| ⚠️ | specs/a.ded slow | inconclusive | 4 / 2 / 0 / 2 | 0 | 2 |
| ⏭️ | b.ts lock late | not run | 4 / 2 / 0 / 2 | 0 | 0 |

### ❌ c.ded could not be read

- c.ded:2: unexpected ";"

### ❌ specs/a.ded loss

It breaks. (violated, but expected holds; see specs/a.ded:5)

The faults that break it:

1. what a sends to b at tick 1 is lost

\`\`\`mermaid
sequenceDiagram
  n0-xn1: got LOST
\`\`\`

<details><summary>What happens</summary>

\`\`\`text
tick 1: a → b  got("b")  LOST
\`\`\`

</details>

### ⚠️ specs/a.ded slow

Stopped. (inconclusive; see specs/a.ded:5)
`);
});

test('a section says how many counterexamples there are', () => {
  expect(markdownReport(SEVERAL)).toContain('The faults that break it (one of 5 minimal counterexamples):\n');
});

/** The text without what stands in fenced blocks. */
function outsideFences(text: string): string[] {
  let fence: string | undefined;
  return text.split('\n').filter((line) => {
    const opening = /^(`{3,})\w*$/.exec(line)?.[1];
    if (fence === undefined && opening) fence = opening;
    else if (fence !== undefined && line === fence) fence = undefined;
    else return fence === undefined;
    return false;
  });
}

test('Markdown stays what it is whatever the names are', () => {
  for (const input of samples(300)) {
    const text = markdownReport(input);
    const lines = outsideFences(text);
    const rows = lines.filter((line) => line.startsWith('|'));
    const covered = input.checks.flatMap(({ coverage }) => coverage).length;
    const tables = [input.checks.length, covered].map((length) => (length > 0 ? length + 2 : 0));
    expect(rows).toHaveLength(tables.reduce((sum, length) => sum + length));
    for (const row of rows) expect(row.split('|')).toHaveLength(8);
    // All markup is the reporter's own.
    const own = lines
      .join('\n')
      .replace(
        /<details><summary>(?:What happens|More counterexamples|Coverage|\d+ warnings?)<\/summary>|<\/details>|&#\d+;/g,
        '',
      );
    expect(own).not.toMatch(/[<>`*_~[\]$@]/);
    expect(
      lines.filter((line) => line.startsWith('#')).every((line) => /^###? [^#]*$/.test(line.replace(/&#\d+;/g, ''))),
    ).toBe(true);
    expect(unprintable(text)).toEqual([]);
  }
});

test('a summary is small enough for GitHub', () => {
  const [check] = PLAIN.checks;
  if (!check) throw new Error('there is a first check');
  const many = Array.from({ length: 200 }, () => ({ ...check, mermaid: 'x'.repeat(40_000) }));
  const text = markdownReport({ ...PLAIN, checks: many });
  expect(new TextEncoder().encode(text).length).toBeLessThan(2 ** 20);
  expect(text).toContain('more sections did not fit in here.');
  const huge = markdownReport({
    ...PLAIN,
    checks: [{ ...check, mermaid: 'x'.repeat(50_001) }, ...PLAIN.checks.slice(1)],
  });
  expect(huge).toContain('The diagram is too large to be drawn here.');
});
