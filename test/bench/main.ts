/**
 * `npm run bench [-- --quick] [--only <substring>] [--json <file>]`: every spec and check by every strategy, growth
 * series, start-up, the report's page in a browser (`--only page/` for that alone), protocols in TypeScript (`--only
 * typescript/`), kinds of faults (`--only kinds/`), experiments on services (`--only live/`), programs as nodes (`--only
 * nodes/`), asynchronous systems (`--only async/`), the language server (`--only editor/`), the playground
 * (`--only playground/`), edits that mend specs (`--only fix/`), `ldfi test` with two jobs (`--only jobs/`),
 * certificates (`--only certificates/`), frontiers (`--only frontier/`), staleness (`--only pbs/`), and the figures that must be reached. Measures
 * and asserts nothing: exit code 0 even if a figure is missed.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { writeWhole } from '../../src/files/write.js';
import { asyncFigures } from './async.js';
import { EXHAUSTIVE_CAP, EXHAUSTIVE_LIMIT, RANDOM_CAP, SEEDS } from './blind.js';
import { findCases } from './cases.js';
import { certificatesTable, measureCertificates } from './certificates.js';
import { editorTable, measureEditor } from './editor.js';
import { type Everything, figures, figuresTable } from './figures.js';
import { fixTable, measureFixes } from './fix.js';
import { frontierTable, measureFrontiers } from './frontier.js';
import { growthTable, measureGrowth } from './growth.js';
import { instrumentSolver } from './instrument.js';
import { jobsTable, measureJobs } from './jobs.js';
import { kindsTable, possibleByKind, searchesWithKinds } from './kinds.js';
import { liveTable, measureLive } from './live.js';
import { measure } from './measure.js';
import { measureNodes, nodesTable } from './nodes.js';
import { rounded } from './numbers.js';
import { measurePages, pageTable } from './page.js';
import { measurePlayground, playgroundTable } from './playground.js';
import { measureProtocols, protocolsTable } from './protocols.js';
import { executionsTable, measureSpec, type SpecResult, sizesTable, timesTable } from './specs.js';
import { measureStaleness, stalenessTable } from './staleness.js';
import { measureStartup, startupTable } from './startup.js';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    json: { type: 'string', default: 'reports/bench.json' },
  },
});
const { quick, only, json } = values;

const section = (title: string, text: string, note = ''): void => console.log(`\n${title}\n${note}\n${text}`);

/** One line on stderr, overwritten; nothing if that is not a terminal. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

async function measureSpecs(): Promise<SpecResult[]> {
  const cases = findCases(only, console.error);
  const results: SpecResult[] = [];
  progress('warming up');
  for (const { program, check } of cases) await measure(program, check.bounds, 'total');
  for (const it of cases) {
    progress(`${results.length + 1}/${cases.length} ${it.name}`);
    results.push(await measureSpec(it, quick));
  }
  progress('');
  return results;
}

function printSpecs(specs: readonly SpecResult[]): void {
  section(
    'EXECUTIONS',
    executionsTable(specs),
    `To the first counterexample / to exhaustion. Random: median of ${SEEDS} seeds, before shrinking, at most ${RANDOM_CAP} each.\n` +
      `Exhaustive: at most ${EXHAUSTIVE_CAP} executions or ${EXHAUSTIVE_LIMIT / 1000} s.\n`,
  );
  section(
    'TIME',
    timesTable(specs),
    'Milliseconds of CPU time (about the wall time of an idle machine) to the first counterexample / to exhaustion. Total and run: medians\nof interleaved rounds, warm; random: median of the seeds that found one; exhaustive: once.\n' +
      'fresh: total lineage as the first search of a new process, once. wall: total to exhaustion, median and least of the rounds.\n',
  );
  section(
    'SIZE AND SHARES, total lineage',
    sizesTable(specs),
    'Shares of wall time, of the fastest round. exec ms: median of one simulated execution, warm. MiB: peak resident memory of a fresh process.\nstart: making system and solver; rest: encoding, the loop of the search.\n',
  );
  for (const { name, total, run } of specs)
    if (!total.deterministic || !run.deterministic) console.log(`NOT DETERMINISTIC: ${name}`);
}

function save(all: Everything): void {
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    platform: process.platform,
  };
  const result = {
    version: 1,
    machine,
    quick,
    only,
    figures: figures(all),
    ...all,
  };
  const text = JSON.stringify(
    result,
    (_, value: unknown) => (typeof value === 'number' && !Number.isInteger(value) ? rounded(value) : value),
    2,
  );
  writeWhole(json, `${text}\n`);
}

instrumentSolver();
console.log(
  `ldfi bench${quick ? ', quick' : ''}: Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
);
const specs = await measureSpecs();
if (specs.length > 0) printSpecs(specs);
const growth = await measureGrowth(quick, only, progress);
progress('');
if (growth.length > 0)
  section(
    'GROWTH',
    growthTable(growth),
    'Omissions up to EOT - 2, one crash; each point once, in a process of its own. Shares of wall time.\n',
  );
const protocols = await measureProtocols(quick, only, progress);
progress('');
if (protocols.length > 0)
  section(
    'PROTOCOLS IN TYPESCRIPT',
    protocolsTable(protocols),
    'Executions to exhaustion: by learned transitions; by what runs alone teach (nothing tried without a run); by lineage of whole runs. ms: learned, warm, the\nlesser of wall and CPU time. one µs: CPU time of one plain execution, bundled code, warm, in a process of its own: the least and the median round.\n',
  );
const startup = only.includes('/') ? undefined : measureStartup(quick ? 5 : 11);
if (startup) section('START-UP', startupTable(startup));
if (only === '' || only.startsWith('kinds/'))
  section(
    'KINDS OF FAULTS',
    kindsTable(possibleByKind(findCases('', console.error)), searchesWithKinds()),
    'Possible facts of the ground program, one kind alone over omission alone; searches in CPU time, once, each the first of a process.\n',
  );
if (only === '' || only.startsWith('async/')) section('ASYNCHRONOUS SYSTEMS', (await asyncFigures()).join('\n'), '');
if (only === '' || only.startsWith('certificates/'))
  section('CERTIFICATES', certificatesTable(await measureCertificates(quick, progress)), '');
const pages = await measurePages(quick, only, progress);
progress('');
if (pages.length > 0)
  section(
    'THE PAGE',
    pageTable(pages),
    'Milliseconds in Chromium, wall time: first paint of the diagram, then from an event to the frame that answers it. Medians and worst of all rounds;\nlongest: the longest turn of the script after the first drawing, for which a click may have to wait.\n',
  );
const live = await measureLive(quick, only);
if (live)
  section(
    'EXPERIMENTS ON SERVICES',
    liveTable(live),
    'Wall time; caller, proxy, callee and most of the shop share this process.\n',
  );
const nodes = await measureNodes(only, progress);
progress('');
if (nodes.length > 0)
  section(
    'PROGRAMS AS NODES',
    nodesTable(nodes),
    'Three nodes, to the first counterexample: experiments (five without faults are counted), wall time, and with it tried four times more.\n',
  );
const editor = await measureEditor(quick, only);
if (editor)
  section(
    'THE LANGUAGE SERVER',
    editorTable(editor),
    'Milliseconds of wall time from a keystroke to the diagnostics of its text, on the built server, over stdio.\n',
  );
const playground = await measurePlayground(quick, only, progress);
progress('');
if (playground)
  section(
    'THE PLAYGROUND',
    playgroundTable(playground),
    'Milliseconds in Chromium, wall time, from a keystroke to the frame with verdict and report.\n',
  );
const fixes = await measureFixes(only, progress);
progress('');
if (fixes.length > 0)
  section('FIXES', fixTable(fixes), 'CPU time, once, the searches of the spec as it is among them.\n');
const jobs = only === '' || only.startsWith('jobs/') ? measureJobs(quick, console.error) : undefined;
if (jobs) section('JOBS', jobsTable(jobs), 'ldfi test specs, wall time; interleaved, the least of the rounds.\n');
const frontiers = measureFrontiers(only, progress);
progress('');
if (frontiers.length > 0)
  section('FRONTIERS', frontierTable(frontiers), 'ldfi frontier, each spec a process of its own, wall time, once.\n');
const staleness = measureStaleness(only);
if (staleness.length > 0)
  section(
    'STALENESS',
    stalenessTable(staleness),
    'ldfi pbs with a million samples, each a process of its own, by a thread per core; wall time, the least of three.\n',
  );
const all = {
  specs,
  growth,
  protocols,
  startup,
  pages,
  live,
  nodes,
  editor,
  playground,
  fixes,
  jobs,
  frontiers,
  staleness,
};
section(
  'MUST REACH',
  figuresTable(figures(all)),
  'Times of searches: the lesser of wall and CPU time, which is no less than the wall time of an idle machine.\n',
);
save(all);
console.log(`\nJSON  ${json}`);
