import { parseProgram } from '../../src/dedalus/load.js';
import { DedalusSystem } from '../../src/lineage/system.js';
import { createCadical } from '../../src/solver/cadical.js';
import { SmallestModels } from '../../src/solver/smallest.js';
import { Encoder } from '../../src/solver/tseitin.js';
import { type Family, point, specText } from './generate.js';

const [family, n, t, plain] = process.argv.slice(2);
const p = point(family as Family, Number(n), Number(t));
const { program } = parseProgram(specText(p.family, p.nodes));
if (!program) process.exit(1);
const sys = new DedalusSystem(program, p.bounds, { lineage: 'total' });
const it = sys.lineage();
let s = it.next();
while (!s.done) s = it.next();
const solver = await createCadical();
const enc = new Encoder(sys.space.circuit, solver);
const lits = sys.space.faults.map((_, i) => enc.variable(i));
enc.assert(sys.space.admissible);
enc.assert(-s.value.known);
const c0 = process.cpuUsage();
const t0 = performance.now();
const models = new SmallestModels(solver, lits);
let r: string;
if (plain) r = solver.solve();
else r = models.next('minimum').kind;
const c = process.cpuUsage(c0);
console.log(
  family,
  n,
  t,
  'faults',
  lits.length,
  plain ? 'plain' : 'minimum',
  r,
  (performance.now() - t0).toFixed(0),
  'ms cpu',
  ((c.user + c.system) / 1000).toFixed(0),
  'calls',
  solver.statistics.calls,
  'conflicts',
  solver.statistics.conflicts,
);
