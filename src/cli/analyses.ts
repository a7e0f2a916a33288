/**
 * `ldfi check`, `verify`, `risk`, `frontier`, `calm` and `combos`: what there is to ask of a spec beside a search; `pbs`
 * and `blazes` read something of their own.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { mayVary } from '../frontier/axes.js';
import type { ExitCode } from '../report/meaning.js';
import {
  boundFlags,
  FORCE_HELP,
  FRONTIER_SECONDS,
  htmlFile,
  integer,
  MOST_JOBS,
  nameList,
  nodeList,
  ratesFlag,
  readingFlags,
} from './flags.js';

/** Adds the commands. Each is loaded when it is called. */
export function analysisCommands(root: Command, done: (code: ExitCode) => void): void {
  root
    .command('check')
    .description('print the diagnostics of a spec, and what is known of its checks without a search')
    .argument('<file...>', 'files of one Dedalus program, or modules with protocols (.ts, .js)')
    .option('--strict', 'let every warning end in exit code 4')
    .option('-q, --quiet', 'leave out warnings')
    .action(async (files, flags) => done(await (await import('./commands/check.js')).check(files, flags)));
  boundFlags(
    root
      .command('verify')
      .description('check a certificate, or the counterexamples of a result, apart from the search')
      .argument('<file>', 'a certificate that `ldfi run --certificate` wrote, or a result')
      .argument('<spec...>', 'files of one Dedalus program, or modules with protocols (.ts, .js)'),
  )
    .option('--check <name>', 'only the check of this name')
    .option('--timeout <seconds>', 'stop after this many seconds', integer(1, 1_000_000))
    .option('-q, --quiet', 'print only what is not proven')
    .action(async (file, specs, flags) =>
      done(await (await import('./commands/verify.js')).verify(file, specs, flags)),
    );
  const risk = root
    .command('risk')
    .description('the probability that the promise breaks, exactly or by sampling')
    .argument('<file...>', 'files of one Dedalus program, or modules with protocols (.ts, .js)');
  readingFlags(ratesFlag(boundFlags(risk)))
    .option('--check <name>', 'only the check of this name')
    .addOption(
      new Option('--method <name>', 'exactly where the formula is small enough; or by sampling')
        .choices(['auto', 'sampling'])
        .default('auto'),
    )
    .option('--samples <n>', 'how many scenarios are sampled', integer(2, 100_000_000), 20_000)
    .option('--seed <n>', 'seed of the samples', integer(0, 2 ** 32 - 1), 1)
    .option('--timeout <seconds>', 'stop after this many seconds', integer(1, 1_000_000))
    .option('--json <file>', 'where to write the probabilities, - for stdout')
    .option('--force', FORCE_HELP)
    .option('-q, --quiet', 'print nothing but errors')
    .action(async (files, flags) => done(await (await import('./commands/risk.js')).risk(files, flags)));
  const frontier = root
    .command('frontier')
    .description('how much a spec tolerates: which bounds it holds within, and what breaks first beyond them')
    .argument('<file...>', 'files of one Dedalus program, or modules with protocols (.ts, .js)');
  readingFlags(boundFlags(frontier, mayVary))
    .option('--check <name>', 'only around the check of this name')
    .option(
      '--timeout <seconds>',
      'for each spec; what is not settled then is said to be so',
      integer(1, 1_000_000),
      FRONTIER_SECONDS,
    )
    .option('--json <file>', 'where to write the frontiers, - for stdout')
    .option('--markdown <file>', 'the same as Markdown')
    .option('--html <file.html>', 'the same as a page', htmlFile)
    .option('--force', FORCE_HELP)
    .option('-q, --quiet', 'print nothing but errors')
    .addHelpText('after', '\nBounds are given as ranges here, as in --eot 6..8 --eff 0..6 --crashes 0..2.')
    .action(async (files, flags) => done(await (await import('./commands/frontier.js')).frontier(files, flags)));
  calmCommand(root, done);
  boundFlags(
    root
      .command('combos')
      .description('the size of the scenario space: as the literature counts it, and without its double counting')
      .argument('[file...]', 'files of one Dedalus program, or modules with protocols (.ts, .js)'),
  ).action(async (files, flags) => done(await (await import('./commands/combos.js')).combos(files, flags)));
  stalenessCommand(root, done);
  root
    .command('blazes')
    .description('what may depend on the order of messages among components, and where to coordinate')
    .argument('<file.yaml>', 'a topology: components, what they do to the order of messages, and streams')
    .option('--json <file>', 'where to write labels, reasons and plan, - for stdout')
    .option('--html <file.html>', 'the same as a page', htmlFile)
    .option('--dot <file>', 'the topology as a Graphviz graph')
    .option('--svg <file>', 'the topology as a picture')
    .option('--force', FORCE_HELP)
    .option('-q, --quiet', 'print nothing but errors')
    .action(async (file, flags) => done((await import('./commands/blazes.js')).blazes(file, flags)));
}

function stalenessCommand(root: Command, done: (code: ExitCode) => void): void {
  root
    .command('pbs')
    .description('how stale the reads of a partial quorum are: exactly by its numbers, by sampling under latencies')
    .option('--n <n>', 'how many replicas there are', integer(1, MOST_REPLICAS), 3)
    .option('--r <n>', 'how many of them a read waits for', integer(1, MOST_REPLICAS), 1)
    .option('--w <n>', 'how many of them a write waits for', integer(1, MOST_REPLICAS), 1)
    .option('--model <name|file>', 'latencies: ssd, disk, ymmr, wan; or a file, JSON or CSV', 'ssd')
    .option('--samples <n>', 'how many writes and reads are sampled', integer(100, 10_000_000), 100_000)
    .option('--seed <n>', 'seed of the samples', integer(0, 2 ** 32 - 1), 1)
    .option('--k <n>', 'how many versions a read may lag behind, at most', integer(1, 100), 3)
    .option('--writes-per-read <x>', 'how many writes there are for each read of one client', rate, 1)
    .option(
      '--jobs <n>',
      'how many threads sample; the result is the same (default: one per core)',
      integer(1, MOST_JOBS),
    )
    .option('--json <file>', 'where to write the figures, - for stdout')
    .option('--html <file.html>', 'the same as a page', htmlFile)
    .option('--force', FORCE_HELP)
    .option('-q, --quiet', 'print nothing but errors')
    .action(async (flags) => done(await (await import('./commands/pbs.js')).pbs(flags)));
}

/** Replicas beyond which sampling is slow, and nobody has so many. */
const MOST_REPLICAS = 100;

/** Reads a number that is not negative. */
function rate(text: string): number {
  const value = Number(text);
  if (/^[\d.]+(?:e-?\d+)?$/.test(text) && value <= 1e9) return value;
  throw new InvalidArgumentError('It must be a number from 0 to 1000000000.');
}

function calmCommand(root: Command, done: (code: ExitCode) => void): void {
  root
    .command('calm')
    .description('which outputs depend on the order of messages, where, and two schedules that show it')
    .argument('<file...>', 'files of one Dedalus program')
    .option('--output <relations>', 'the relations to look at, as in log,receipt (default: the outputs)', nameList)
    .option('--check <name>', 'nodes and end of time of the check of this name (default: the first)')
    .option('--nodes <list>', 'the nodes, as in a,b,c', nodeList)
    .option('--eot <ticks>', 'by when the program has done its work', integer(1, 300))
    .option('--schedules <n>', 'how many schedules are tried', integer(1, 1_000_000), 300)
    .option('--delay <ticks>', 'longest delay of a message in them', integer(1, 50), 5)
    .option('--no-witness', 'try no schedules')
    .option('--timeout <seconds>', 'try no more schedules after this many seconds', integer(1, 1_000_000))
    .option('--json <file>', 'where to write what was found, - for stdout')
    .option('--html <file.html>', 'the same as a page', htmlFile)
    .option('--dot <file>', 'the dataflow as a Graphviz graph')
    .option('--svg <file>', 'the dataflow as a picture')
    .option('--sarif <file>', 'the points of order for code scanning')
    .option('--force', FORCE_HELP)
    .option('-q, --quiet', 'print nothing but errors')
    .action(async (files, flags) => done(await (await import('./commands/calm.js')).calm(files, flags)));
}
