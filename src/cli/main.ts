/**
 * The command line: commander commands, each a function from flags to an exit code.
 */
import { Command, CommanderError, Option } from 'commander';
import { LdfiError } from '../core/invariant.js';
import { visible } from '../core/text.js';
import { version } from '../files/package.js';
import { EXIT, type ExitCode } from '../report/meaning.js';
import { MOST_CUBES } from '../search/cube.js';
import { closeThreads } from '../worker/live-threads.js';
import { analysisCommands } from './analyses.js';
import { completionCommand } from './completion.js';
import { editorCommands } from './editor.js';
import { explainCommand } from './explain.js';
import { fixCommand } from './fix.js';
import {
  boundFlags,
  FORCE_HELP,
  htmlFile,
  integer,
  JOBS_HELP,
  MOST_JOBS,
  methodFlags,
  parseShard,
  SPLIT_HELP,
} from './flags.js';
import { PAGES_HELP, pagesTarget } from './io/pages-flag.js';
import { REPORTER_HELP, reporterFlag } from './io/reporter-flag.js';
import { complain, errorInWords, measureTerminal, print } from './io/terminal.js';
import { liveCommands } from './live.js';
import { nodesCommand } from './nodes.js';
import { resultCommands } from './results.js';

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
  resultCommands(root, done);
  analysisCommands(root, done);
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
