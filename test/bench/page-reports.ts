/**
 * The reports whose page is measured: four specs as the command line reports them, a run with about 2,700 messages, and
 * 20 MB of result.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../../src/faults/fault.js';
import type { PageAssets } from '../../src/report/formats/frame.js';
import { reportHtml } from '../../src/report/formats/html.js';
import { type ReportModel, reportModel } from '../../src/report/model.js';
import { type CheckResult, type CounterexampleResult, type Result, resultFromJson } from '../../src/report/schema.js';

export interface PageReport {
  readonly name: string;
  readonly path: string;
  readonly megabytes: number;
}

const SPECS = {
  retry: 'broadcast/retry',
  'kafka-isr': 'replication/kafka-isr',
  '3pc': 'commit/3pc',
  paxos: 'consensus/paxos',
};

/** How much data the largest report holds. */
const LARGEST = 20 * 2 ** 20;

/** Nine nodes tell all others the same thing at each of 40 ticks: 2,744 messages. */
export const LARGE_SPEC = `//! check eot=40 eff=20 crashes=1 expect=holds
${Array.from({ length: 9 }, (_, i) => [1, 2, 3, 4, 5, 6, 7, 8].map((d) => `node("n${i}", "n${(i + d) % 9}")@1;`).join(' ')).join('\n')}
node(N, M)@next :- node(N, M);
log("n0", 1)@1;
log(N, P)@next :- log(N, P);
log(M, P)@async :- log(N, P), node(N, M);
missing(M, P) :- log(N, P), node(N, M), notin log(M, P), notin crash(N, M, _);
pre(N, P) :- log(N, P), notin crash(N, N, _);
post(N, P) :- log(N, P), notin missing(_, P);
`;

/** Writes the reports whose names contain `only` to a folder. */
export function makeReports(folder: string, only: string): PageReport[] {
  const named = (name: string): boolean => `page/${name}`.includes(only);
  const reports = Object.entries(SPECS)
    .filter(([name]) => named(name))
    .map(([name, spec]) => search(folder, name, `specs/${spec}.ded`));
  const [large, heavy] = [named('large'), named('20 MB')];
  if (!large && !heavy) return reports;
  const spec = join(folder, 'large.ded');
  writeFileSync(spec, LARGE_SPEC);
  const report = search(folder, 'large', spec);
  return [...reports, ...(large ? [report] : []), ...(heavy ? [enlarged(folder, spec)] : [])];
}

/** The report of a search by the built command line. */
function search(folder: string, name: string, spec: string): PageReport {
  const path = join(folder, `${name}.html`);
  const words = ['bin/ldfi.js', 'run', spec, '-q', '--json', join(folder, `${name}.json`), '--report', path];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status === null || status > 1) throw new Error(`no report of ${spec}: ${stderr}`);
  return { name, path, megabytes: statSync(path).size / 2 ** 20 };
}

/**
 * The large report with so many counterexamples, in few classes, that its data is 20 MB. They are made up; the page
 * cannot tell.
 */
function enlarged(folder: string, spec: string): PageReport {
  const read = resultFromJson(readFileSync(join(folder, 'large.json'), 'utf8'));
  if ('problem' in read) throw new Error(read.problem);
  const [check] = read.result.checks as [CheckResult];
  const counterexamples = inventedUpTo(LARGEST, check);
  const result: Result = { ...read.result, checks: [{ ...check, verdict: 'violated', counterexamples }] };
  const model: ReportModel = reportModel(result, [{ path: check.spec.roots[0] ?? spec, text: LARGE_SPEC }]);
  const assets = JSON.parse(readFileSync('dist/page/assets.json', 'utf8')) as PageAssets;
  const path = join(folder, '20 MB.html');
  writeFileSync(path, reportHtml(model, assets));
  return { name: '20 MB', path, megabytes: statSync(path).size / 2 ** 20 };
}

/** Counterexamples of two omissions each until their JSON has this many characters. */
function inventedUpTo(size: number, { bounds: { nodes, eff } }: CheckResult): CounterexampleResult[] {
  const found: CounterexampleResult[] = [];
  const slots = nodes.flatMap((from) => nodes.filter((to) => to !== from).map((to) => ({ from, to })));
  for (let tick = 1, left = size; ; tick = (tick % (eff - 1)) + 1)
    for (const [i, a] of slots.entries())
      for (const b of slots.slice(i % 7)) {
        const faults: Scenario = [
          { kind: 'omission', ...a, tick },
          { kind: 'omission', ...b, tick: tick + 1 },
        ];
        const minimality = faults.map((without) => ({ without, outcome: 'holds' as const }));
        const one = { faults: [...faults], witnesses: [['n1', 1]], minimality, class: 1 + (found.length % 5000) };
        found.push(one);
        left -= JSON.stringify(one).length;
        if (left <= 0) return found;
      }
}
