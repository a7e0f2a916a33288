/**
 * The command line: commander commands, each a function from flags to an exit code.
 */
import { Command, CommanderError, Option } from 'commander';
import { LdfiError } from '../core/invariant.js';
import { visible } from '../core/text.js';
import { version } from '../files/package.js';
import { mayVary } from '../frontier/axes.js';
import { EXIT, type ExitCode } from '../report/meaning.js';
import { MOST_CUBES } from '../search/cube.js';
import { closeThreads } from '../worker/live-threads.js';
import { completionCommand } from './completion.js';
import { editorCommands } from './editor.js';
import { explainCommand } from './explain.js';
import { fixCommand } from './fix.js';
import {
  boundFlags,
  FORCE_HELP,
  FRONTIER_SECONDS,
  htmlFile,
  integer,
  JOBS_HELP,
  MOST_JOBS,
  methodFlags,
  parseShard,
  ratesFlag,
  readingFlags,
  SPLIT_HELP,
} from './flags.js';
import { PAGES_HELP, pagesTarget } from './io/pages-flag.js';
import { REPORTER_HELP, reporterFlag } from './io/reporter-flag.js';
import { complain, errorInWords, measureTerminal, print } from './io/terminal.js';
import { liveCommands } from './live.js';
import { nodesCommand } from './nodes.js';

const EXIT_HELP = `
Exit codes:
  0  holds within the bounds (test: every verdict as expected)
  1  a counterexample (test: a verdict other than the expected one)
  2  a mistake in the command or in a spec
  3  inconclusive: budget, timeout or interrupt
  4  would be a false green: vacuous, no post, violated without faults, or a warning under --strict`;

type Done = (code: ExitCode) => void;

/** Commands are loaded when they are called, which keeps start-up short. */
function program(done: Done): Command {
  const root = new Command('ldfi')
    .description(
      'Lineage-driven fault injection: the smallest set of faults that breaks a protocol, or a proof that there is none.',
    )
    .version(version())
    .showHelpAfterError('(use --help for the flags)')
    .addHelpText('after', EXIT_HELP);
  searching(root, done);
  testing(root, done);
  working(root, done);
  reading(root, done);
  fixCommand(root, done);
  liveCommands(root, done);
  nodesCommand(root, done);
  editorCommands(root, done);
  explainCommand(root, done);
  completionCommand(root, done);
  return root;
}

/** `run`, and `init`, which gives it something to begin with. */
function searching(root: Command, done: Done): void {
  const run = root
    .command('run')
    .description('search a spec for all its minimal counterexamples')
    .argument('<file...>', 'files of one Dedalus program, or modules with protocols (.ts, .js)');
  methodFlags(boundFlags(run))
    .option('--check <name>', 'only the check of this name')
    .option('--json <file>', 'where to write the result, - for stdout (default: reports/<spec>.json)')
    .option('--jobs <n>', JOBS_HELP, integer(1, MOST_JOBS), 1)
    .option('--split <n>', SPLIT_HELP, integer(1, MOST_CUBES), 1)
    .option('--frontier', 'find out, too, how much is tolerated around the bounds of each check')
    .option('--report [file.html]', 'write an HTML report as well (default: reports/<spec>.html)', htmlFile)
    .option('--reporter <name[=file]>', REPORTER_HELP, reporterFlag)
    .option('--certificate <file>', 'prove to others what holds: a file for `ldfi verify`')
    .option('--force', FORCE_HELP)
    .option('-q, --quiet', 'print nothing but errors')
    .option('-v, --verbose', 'log every event to stderr, as JSON lines')
    .action(async (files, flags) => {
      // The solver compiles, and the thread of a module starts, while the command and the spec are being read.
      if (files.some((file: string) => /\.[cm]?[jt]s$/.test(file)))
        (await import('../worker/threads.js')).startThread();
      const { warmUp } = await import('../solver/cadical.js');
      warmUp();
      done(await (await import('./commands/run.js')).run(files, flags));
    });
  root
    .command('init')
    .description('begin: a configuration, a first protocol with a bug to find, and a workflow for CI')
    .argument('[folder]', 'where', '.')
    .option('--dry-run', 'only say what would be written')
    .action(async (folder, flags) => done((await import('./commands/init.js')).init(folder, flags)));
}

/** `test`, and `merge` for the parts of it. */
function testing(root: Command, done: Done): void {
  const test = root
    .command('test')
    .description('check every spec against its expected verdicts')
    .argument('[path...]', 'files, folders or patterns (default: those of the configuration, or the folder specs)');
  methodFlags(test)
    .option('--jobs <n>', JOBS_HELP, integer(1, MOST_JOBS), 1)
    .option('--split <n>', SPLIT_HELP, integer(1, MOST_CUBES), 1)
    .option('--queue <url>', 'have workers search: `ldfi worker` with the same queue, like redis://host:6379')
    .addOption(
      new Option('--shard <i/n>', 'the i-th of n parts of the checks; `ldfi merge` makes one of them all').argParser(
        parseShard,
      ),
    )
    .option('--out <file>', 'where to write the part of --shard (default: reports/shard-<i>-of-<n>.json)')
    .option('--durations-from <file>', 'how long checks took, by which --shard balances')
    .option('--durations-to <file>', 'where to write how long checks took')
    .option('--json <file>', 'write all results to this file, - for stdout')
    .option('--html <folder>', PAGES_HELP, pagesTarget)
    .option('--reporter <name[=file]>', REPORTER_HELP, reporterFlag)
    .option('--force', FORCE_HELP)
    .option('-q, --quiet', 'print only what is not as expected, on stderr')
    .option('-v, --verbose', 'log every event to stderr, as JSON lines')
    .option('--config <file>', 'the configuration (default: ldfi.config.ts, .mts, .cts, .js, .mjs, .cjs or .json)')
    .option('-w, --watch', 'stay, and run again what changes')
    .option('--durations', 'say on stderr which checks took longest (on a terminal: if they took over a second)')
    .action(async (paths, flags, command: Command) => {
      const given = (name: string): boolean => command.getOptionValueSource(name) === 'cli';
      const { clashOf, preparation } = await import('./commands/prepare.js');
      const { test } = await import('./commands/test.js');
      const clash = clashOf(flags);
      if (clash !== undefined) throw new LdfiError('bad-options', clash);
      const run = flags.watch ? (await import('./commands/watch.js')).watch : test;
      done(await run(flags.config, preparation(paths, flags, given)));
    });
  root
    .command('merge')
    .description('write what `ldfi test` would have written, from the parts of --shard')
    .argument('<part.json...>', 'the parts that `ldfi test --shard` wrote, all of them')
    .option('--json <file>', 'write all results to this file, - for stdout')
    .option('--reporter <name[=file]>', REPORTER_HELP, reporterFlag)
    .option('--html <folder>', PAGES_HELP, pagesTarget)
    .option('--force', FORCE_HELP)
    .option('-q, --quiet', 'print only what is not as expected, on stderr')
    .option('--config <file>', 'the configuration, for its reporters and reports (default: as for `ldfi test`)')
    .option('--durations', 'say on stderr which checks took longest')
    .option('--durations-to <file>', 'where to write how long checks took')
    .action(async (paths, flags, command: Command) => {
      const given = (name: string): boolean => command.getOptionValueSource(name) === 'cli';
      done(await (await import('./commands/merge.js')).merge(paths, flags, given));
    });
}

/** `worker`, which searches for `test --queue`. */
function working(root: Command, done: Done): void {
  root
    .command('worker')
    .description('search what `ldfi test --queue` asks for, until it is ended')
    .argument('[path...]', 'what may be searched here: files, folders or patterns (default: as for `ldfi test`)')
    .requiredOption('--queue <url>', 'the queue, a Redis, like redis://host:6379')
    .option('--project <folder>', 'the folder in which the specs are, as for who asks (default: the working folder)')
    .option('--config <file>', 'the configuration (default: as for `ldfi test`)')
    .option('--jobs <n>', JOBS_HELP, integer(1, MOST_JOBS), 1)
    .option('--lock <seconds>', 'how long after it is killed its checks go to another worker', integer(2, 3_600), 30)
    .option('-q, --quiet', 'print nothing but errors')
    .action(async (paths, flags) => done(await (await import('./commands/worker.js')).worker(paths, flags)));
}

/** Commands that read results and specs. */
function reading(root: Command, done: Done): void {
  root
    .command('replay')
    .description('run a counterexample again, on the spec as it is now')
    .argument('<result.json>', 'a result that `ldfi run` wrote; or a spec, with --faults')
    .option('--check <name>', 'of this check (default: the first with a counterexample)')
    .option('--counterexample <n>', 'number of the counterexample', integer(1), 1)
    .option('--faults <faults>', "a scenario of your own instead: as printed, 'a→b@1, crash a@2', or JSON")
    .option('--spec <file...>', 'the files of the program (default: as in the result)')
    .addOption(
      new Option('--emit <form>', 'run nothing, write a test that pins the counterexample').choices([
        'vitest',
        'jest',
        'node:test',
        'json',
      ]),
    )
    .option('--out <file>', 'where to write the test, - for stdout (default: -)')
    .option('--force', FORCE_HELP)
    .action(async (path, flags) => done(await (await import('./commands/replay.js')).replay(path, flags)));
  root
    .command('report')
    .description('write the HTML report of a result')
    .argument('<result.json>', 'a result that `ldfi run` or `ldfi test --json` wrote')
    .addOption(
      new Option('--format <form>', 'the whole report, or one run as a diagram')
        .choices(['html', 'mermaid', 'svg', 'dot'])
        .default('html'),
    )
    .option('--check <name>', 'diagram: of this check (default: the first with a counterexample)')
    .option('--counterexample <n>', 'diagram: of this counterexample, 0 for the run without faults', integer(0))
    .option(
      '--out <file>',
      'where to write it, - for stdout, FOLDER/ for an overview (default: in reports/; diagrams: stdout)',
    )
    .option('--force', FORCE_HELP)
    .option('--open', 'open it in the browser')
    .action(async (path, flags) => done(await (await import('./commands/report.js')).report(path, flags)));
  root
    .command('diff')
    .description('what has changed between two results, or two frontiers; fails on a regression')
    .argument('<old.json>', 'a result of `ldfi run` or `ldfi test --json`, or what `ldfi frontier --json` wrote')
    .argument('<new.json>', 'a later one')
    .option('--json <file>', 'where to write the difference, - for stdout')
    .option('--markdown <file>', 'the same as Markdown, for a comment on a pull request')
    .option('--force', FORCE_HELP)
    .option('-q, --quiet', 'print nothing but errors')
    .action(async (old, now, flags) => done((await import('./commands/diff.js')).diff(old, now, flags)));
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
  boundFlags(
    root
      .command('combos')
      .description('the size of the scenario space: as the literature counts it, and without its double counting')
      .argument('[file...]', 'files of one Dedalus program, or modules with protocols (.ts, .js)'),
  ).action(async (files, flags) => done(await (await import('./commands/combos.js')).combos(files, flags)));
}

/** Serves another command line as one of its pool: `--jobs`. */
export const searcher = async (): Promise<void> => (await import('./jobs/searcher.js')).serve();

/**
 * Runs the command line. Every mistake of the user ends in a message and an exit code, never in a stack trace.
 * @param argv words after the program's name
 * @returns the exit code
 */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const root = program((exit) => {
    code = exit;
  });
  for (const command of [root, ...root.commands].flatMap((one) => [one, ...(one === root ? [] : one.commands)]))
    command.exitOverride().configureOutput({
      writeOut: print,
      writeErr: complain,
      outputError: (text, write) => write(printable(text, argv)),
    });
  try {
    await measureTerminal();
    await root.parseAsync(argv as string[], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.mistake;
    complain(`error: ${visible(errorInWords(error))}\n`);
    return EXIT.mistake;
  } finally {
    closeThreads();
  }
}

/**
 * commander's complaint, in which words of the command line may have been quoted: only the line ends that are its own
 * stay.
 */
function printable(text: string, argv: readonly string[]): string {
  const quoted = argv.flatMap((word) => [word, word.slice(word.indexOf('=') + 1)]).filter((w) => visible(w) !== w);
  const safe = quoted.reduce((message, word) => message.replaceAll(word, () => visible(word)), text);
  return safe.split('\n').map(visible).join('\n');
}
