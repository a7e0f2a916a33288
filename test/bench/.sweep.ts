import { parseProgram } from '../../src/dedalus/load.js';
import { DedalusSystem } from '../../src/lineage/system.js';
import { search } from '../../src/search/search.js';
import { point, specText, type Family } from './generate.js';
const [family, n, t, crashes, mode] = process.argv.slice(2);
const p = point(family as Family, Number(n), Number(t), Number(t) - 2, Number(crashes ?? 1));
const { program, diagnostics } = parseProgram(specText(p.family, p.nodes));
if (!program) { console.log(diagnostics); process.exit(1); }
const t0 = performance.now();
const sys = new DedalusSystem(program, p.bounds, { lineage: (mode ?? 'total') as 'total' });
let line = `${family} n=${n} eot=${t} crashes=${crashes ?? 1} ${mode ?? 'total'}:`;
for await (const e of search(sys, { signal: AbortSignal.timeout(100000) })) {
  if (e.kind === 'lineage') line += ` inst ${e.size.instances} lineage ${(performance.now() - t0).toFixed(0)}ms`;
  if (e.kind === 'verdict') line += ` ${e.verdict.kind} ${e.verdict.stopped} ${e.verdict.detail ?? ''} ex ${e.verdict.statistics.executions} cls ${e.verdict.statistics.clauses} total ${(performance.now() - t0).toFixed(0)}ms rss ${(process.resourceUsage().maxRSS / 1024).toFixed(0)}MB`;
}
console.log(line);
