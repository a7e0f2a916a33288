/**
 * `ldfi nodes`: the command for programs that speak JSON lines.
 */
import { type Command, Option } from 'commander';
import { WORKLOAD_NAMES } from '../live/nodes/workloads/names.js';
import type { ExitCode } from '../report/meaning.js';
import { integer } from './flags.js';
import { searchOutputFlags } from './io/output-flags.js';

/** Adds the command, which is loaded when it is called. */
export function nodesCommand(root: Command, done: (code: ExitCode) => void): void {
  const nodes = root
    .command('nodes')
    .description(
      'find the messages that a program in any language cannot afford to lose: JSON lines on stdin and stdout',
    )
    .argument('<program...>', 'after --: the program of one node, and its arguments')
    .addOption(
      new Option('--workload <name>', 'what clients ask for, and what is promised; needed without --replay').choices(
        WORKLOAD_NAMES,
      ),
    )
    .option('-n, --nodes <n>', 'how many nodes', integer(1, 25), 3)
    .option(
      '--faults <kinds>',
      'the kinds of faults: omission, crash, stale, restart, dup, delay:<ticks>, partition:<ticks>, split:<ticks>',
      'omission,crash,stale',
    )
    .option('--max-faults <n>', 'most faults at once (default: 2, if there is time for so many)', integer(1, 8))
    .option('--max-runs <n>', 'most experiments', integer(1, 1_000_000), 200)
    .option('--exact', 'leave nothing to assumptions, however many experiments that takes')
    .option('--first', 'stop at the first counterexample')
    .option('--inject <faults>', 'no search: these faults, as a verdict prints them')
    .addOption(
      new Option(
        '--replay <result.json>',
        'no search: the counterexamples of a saved result, on the program given here',
      )
        .conflicts(['workload', 'nodes', 'faults', 'maxFaults', 'maxRuns', 'exact', 'first', 'inject', 'eff', 'eot'])
        .conflicts(['html', 'emit']),
    )
    .option('--times <n>', 'how often --replay tries each', integer(1, 1_000), 5)
    .option('--tick-ms <n>', 'length of a tick in milliseconds (default: 20)', integer(1, 10_000))
    .option('--eff <n>', 'faults are before this tick (default: ten after the last operation)', integer(0, 1_000_000))
    .option('--eot <n>', 'the promise must be kept by this tick (default: fifty after EFF)', integer(1, 1_000_000))
    .option('--parallel <n>', 'experiments at once (default: one for each processor, at most 4)', integer(1, 64))
    .option('--timeout <seconds>', 'stop after this many seconds', integer(1, 1_000_000));
  searchOutputFlags(nodes).action(async (program, flags) =>
    done(await (await import('./commands/experiments.js')).nodes(program, flags)),
  );
}
