/**
 * `ldfi live …`: the commands for running services.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type HttpFaultKind, KINDS } from '../live/http/faults.js';
import type { ExitCode } from '../report/meaning.js';
import { FORCE_HELP, integer } from './flags.js';
import { reportFlags, searchOutputFlags } from './io/output-flags.js';

function kindList(text: string): HttpFaultKind[] {
  const names = text.split(',').map((name) => name.trim());
  const known: readonly string[] = KINDS;
  if (names.some((name) => !known.includes(name)))
    throw new InvalidArgumentError(`It must be a list of ${known.join(', ')}.`);
  return [...new Set(names)] as HttpFaultKind[];
}

const configFlag = (command: Command): Command =>
  command.option('-c, --config <file>', 'the configuration', 'ldfi.live.yaml');

const systemFlags = (command: Command): Command =>
  configFlag(command)
    .option('--kinds <list>', `kinds of faults, of ${KINDS.join(', ')} (default: those of the file)`, kindList)
    .option('--exclusive', 'one experiment at a time; calls without trace headers are given to it')
    .option('--timeout <seconds>', 'stop after this many seconds', integer(1, 1_000_000));

/** Adds the commands. Each is loaded when it is called. */
export function liveCommands(root: Command, done: (code: ExitCode) => void): void {
  const live = root.command('live').description('experiments on running HTTP services');
  const run = systemFlags(
    live.command('run').description('search running services for the smallest faults that break the promise'),
  );
  searchOutputFlags(run)
    .option('--dry-run', 'inject nothing: the calls, and what would be tried first')
    .option('--exact', 'leave nothing to assumptions, however many experiments that takes')
    .option('--max-faults <n>', 'most faults at once (default: 3)', integer(1, 8))
    .option('--max-runs <n>', 'most experiments (default: 1000)', integer(1, 1_000_000))
    .option('--parallel <n>', 'experiments at once, for services without state', integer(1, 64))
    .action(async (flags) => done(await (await import('./commands/experiments.js')).liveRun(flags)));
  systemFlags(live.command('doctor').description('whether experiments on these services can be trusted')).action(
    async (flags) => done(await (await import('./commands/experiments.js')).doctor(flags)),
  );
  const replay = systemFlags(
    live
      .command('replay')
      .description('run the counterexamples of a result again')
      .argument('<result.json>', 'a result that `ldfi live run --json` wrote'),
  );
  reportFlags(replay)
    .option('--times <n>', 'how often each is tried', integer(1, 1_000), 3)
    .action(async (path, flags) => done(await (await import('./commands/experiments.js')).liveReplay(path, flags)));
  configFlag(live.command('env').description('print the variables that point services at the proxies')).action(
    async (flags) => done((await import('./commands/experiments.js')).env(flags)),
  );
  configFlag(live.command('compose').description('write a compose override that points services at the proxies'))
    .option('--services <list>', 'the services that call others (default: all of the file)', (text) => text.split(','))
    .option('-o, --output <file>', 'where to write it, - for stdout', 'compose.ldfi.yaml')
    .option('--force', FORCE_HELP)
    .action(async (flags) => done((await import('./commands/experiments.js')).compose(flags)));
  live
    .command('trace')
    .description('from traces alone: the calls, the faults, and what would be tried first')
    .argument('<file...>', 'traces as JSON, of OTLP, Jaeger or Zipkin')
    .option('--kinds <list>', 'kinds of faults', kindList)
    .action(async (files, flags) => done(await (await import('./commands/experiments.js')).trace(files, flags)));
  live
    .command('init')
    .description('print a first configuration, drawn up from a trace')
    .argument('<file>', 'a trace as JSON, of OTLP, Jaeger or Zipkin')
    .action(async (file) => done((await import('./commands/experiments.js')).init(file)));
  live
    .command('schema')
    .description('print the JSON schema of the configuration, or of a result')
    .addOption(
      new Option('--result [of]', 'of a result: that of `ldfi live run`, or of `ldfi nodes`')
        .choices(['live', 'nodes'])
        .preset('live'),
    )
    .action(async (flags) => done((await import('./commands/experiments.js')).schema(flags)));
}
