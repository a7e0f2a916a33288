/**
 * The overview as text: what is not as expected comes first, hostile names stay text, links are relative, equal input
 * gives equal bytes.
 */
import { expect, test } from 'vitest';
import { overviewPage, type Site, specPages } from '../../../src/report/overview/site.js';
import type { CheckResult, Result } from '../../../src/report/schema.js';

const ASSETS = { script: 'void 0;', style: 'p{color:red}', scriptHash: 'sha256-AAAA', styleHash: 'sha256-BBBB' };
const HOSTILE = '</script><img src=x onerror="alert(1)">\u202e';

const check = (root: string, name: string, more: Partial<CheckResult> = {}): CheckResult => ({
  name,
  spec: { roots: [root], files: [root] },
  bounds: { eot: 3, eff: 2, crashes: 0, nodes: ['a'] },
  verdict: 'holds',
  complete: true,
  executions: 2,
  minimalityRuns: 1,
  solver: { variables: 1, clauses: 1, calls: 1 },
  counterexamples: [],
  ...more,
});

const VIOLATED: Partial<CheckResult> = {
  verdict: 'violated',
  counterexamples: [{ faults: [{ kind: 'crash', node: 'a', tick: 1 }], witnesses: [['a']], minimality: [], class: 1 }],
};

const site = (...checks: CheckResult[]): Site => ({
  result: {
    schemaVersion: 2,
    tool: { name: 'ldfi', version: '0.0.0' },
    strategy: 'lineage',
    invariant: 'strict',
    checks,
  } satisfies Result,
  files: [],
  unread: [],
});

const overviewOf = (it: Site): string => overviewPage(it, ASSETS).text;

/** The text of a page, without its frame. */
const textOf = (html: string): string => html.replace(/<style>.*?<\/style>|<script>.*?<\/script>|<[^>]*>/gs, ' ');

test('what is not as expected comes before everything else, with what happens and a link', () => {
  const html = overviewOf(
    site(
      check('s/a.ded', 'calm'),
      check('s/b.ded', 'loss', VIOLATED),
      check('s/c.ded', 'lost', { ...VIOLATED, expect: 'violated' }),
    ),
  );
  const text = textOf(html);
  expect(text).toContain('1 of 3 checks is not as expected.');
  expect(text).toContain('3 checks of 3 specs: 2 as expected, 1 not');
  expect(html.indexOf('s/b.html#check=loss')).toBeLessThan(html.indexOf('s/a.html#check=calm'));
  expect(text).toMatch(/s\/b\.ded\s+loss\s+pre\(&quot;a&quot;\) holds at tick 3/);
  expect(text).toContain('violated, but expected holds');
  expect(html.match(/data-stand="bad"/g)).toHaveLength(2);
});

test('all as expected, nothing run, and specs that could not be read', () => {
  expect(textOf(overviewOf(site(check('a.ded', 'calm'))))).toContain('The check is as expected.');
  expect(textOf(overviewOf(site()))).toContain('No check was run.');
  const place = { file: 'bad.ded', line: 7, column: 1 };
  const bad = {
    ...site(check('a.ded', 'calm')),
    unread: [{ path: 'bad.ded', problems: [{ message: 'no rule', place }] }],
  };
  const text = textOf(overviewOf(bad));
  expect(text).toContain('1 spec could not be read.');
  expect(text).toMatch(/bad\.ded:7\s+no rule/);
  const open = overviewOf(site(check('a.ded', 'calm', { verdict: 'inconclusive', stopped: 'aborted', executions: 0 })));
  expect(textOf(open)).toContain('No check was run.');
  const half = site(
    check('a.ded', 'calm'),
    check('b.ded', 'x', { verdict: 'inconclusive', stopped: 'aborted', executions: 0 }),
  );
  expect(textOf(overviewOf(half))).toMatch(/1 check not run\.\s+2 checks of 2 specs: 1 as expected, 0 not, 1 not run/);
});

test('hostile names stay text, and links lead to where pages are', () => {
  const it = site(check(`d/${HOSTILE}.ded`, HOSTILE, VIOLATED), check('../x y#?.ded', 'a&b = c'));
  const html = overviewOf(it);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).not.toContain('<img');
  expect(html).not.toContain('\u202e');
  const links = [...html.matchAll(/ href="([^"]*)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&').replaceAll('&#39;', "'"),
  );
  const pages = [...specPages(it, ASSETS)];
  for (const link of links) {
    const { pathname, hash, protocol } = new URL(link, 'file:///o/index.html');
    expect(protocol).toBe('file:');
    expect(pages.map(({ path }) => `/o/${path}`)).toContain(decodeURIComponent(pathname));
    expect([HOSTILE, 'a&b = c']).toContain(new URLSearchParams(hash.slice(1)).get('check'));
  }
  expect(html).toContain("default-src 'none'; script-src 'sha256-AAAA'");
});

test('each spec has a page with its checks, a way back, and the file of the result', () => {
  const checks = [check('a/x.ded', 'loss'), check('b/y.ded', 'loss'), check('a/x.ded', 'calm')];
  const files = ['a/x.ded', 'b/y.ded'].map((path) => ({ path, text: `// ${path}` }));
  const pages = [...specPages({ ...site(...checks), files, saved: 'o/r.json' }, ASSETS)];
  expect(pages.map(({ path }) => path)).toEqual(['a/x.html', 'b/y.html']);
  const [data] = pages.map(({ text }) => JSON.parse(/id="data">(.*)<\/script>/.exec(text)?.[1] ?? ''));
  expect(data).toMatchObject({
    overview: '../index.html',
    saved: { path: 'o/r.json', names: ['a/x.ded loss', 'calm'] },
    files: [{ path: 'a/x.ded' }],
  });
  expect(data.result.checks.map(({ name }: CheckResult) => name)).toEqual(['loss', 'calm']);
  expect(pages[0]?.text).toContain('<a href="../index.html">All checks</a>');
});

test('durations are said only if they are given; else the same input gives the same bytes', () => {
  const it = site(check('a.ded', 'calm'), check('b.ded', 'calm'));
  expect(overviewOf(it)).toBe(overviewOf(structuredClone(it)));
  expect(textOf(overviewOf(it))).not.toMatch(/\d s\b|Took/);
  const text = textOf(overviewOf({ ...it, took: [1_234, 66_000] }));
  expect(text).toContain('they took 67.2 s together');
  expect(text).toMatch(/1\.2 s[\s\S]*66\.0 s/);
});
