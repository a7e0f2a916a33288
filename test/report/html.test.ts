/**
 * The HTML report as text: hostile input stays data, the policy admits only what the report brings, equal input gives
 * equal bytes.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inertJson } from '../../src/report/formats/frame.js';
import { reportHtml } from '../../src/report/formats/html.js';
import { reportModel } from '../../src/report/model.js';
import { xmlText } from '../../src/report/reporters/escape.js';
import type { Result } from '../../src/report/schema.js';

const ASSETS = { script: 'void 0;', style: 'p{color:red}', scriptHash: 'sha256-AAAA', styleHash: 'sha256-BBBB' };
const HOSTILE = '</script><img src=x onerror="alert(1)"><!--<script>';

const result = (name: string): Result => ({
  schemaVersion: 1,
  tool: { name: 'ldfi', version: '0.0.0' },
  strategy: 'lineage',
  invariant: 'strict',
  checks: [
    {
      name,
      spec: { roots: [name], files: [name] },
      bounds: { eot: 3, eff: 2, crashes: 0, nodes: [name] },
      verdict: 'violated',
      complete: true,
      executions: 2,
      minimalityRuns: 1,
      solver: { variables: 1, clauses: 1, calls: 1 },
      counterexamples: [
        {
          faults: [{ kind: 'crash', node: name, tick: 1 }],
          witnesses: [[name]],
          minimality: [{ without: { kind: 'crash', node: name, tick: 1 }, outcome: 'holds' }],
          class: 1,
        },
      ],
    },
  ],
});

describe('the HTML report', () => {
  it('holds hostile names as data only', () => {
    const html = reportHtml(reportModel(result(HOSTILE), [{ path: HOSTILE, text: HOSTILE }]), ASSETS);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<!--');
    const data = /<script type="application\/json" id="data">(.*)<\/script>/.exec(html)?.[1] ?? '';
    expect(JSON.parse(data)).toMatchObject({ schemaVersion: 1, files: [{ path: HOSTILE, text: HOSTILE }] });
  });

  it('admits one script and one style, by hash, and nothing from anywhere', () => {
    const html = reportHtml(reportModel(result('a'), []), ASSETS);
    expect(html).toContain(
      `content="default-src 'none'; script-src 'sha256-AAAA'; style-src 'sha256-BBBB'; base-uri 'none'; form-action 'none'"`,
    );
    expect(html).not.toMatch(/https?:|\ssrc=|\shref=/);
    expect(html).toBe(reportHtml(reportModel(result('a'), []), ASSETS));
  });

  it('escapes any text and any data', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(xmlText(text)).not.toMatch(/[<>"']/);
        expect(inertJson({ text })).not.toMatch(/[<>&]/);
        expect(JSON.parse(inertJson({ text }))).toEqual({ text });
      }),
    );
  });
});
