/**
 * `ldfi replay`, `report` and `diff`: the commands that read results.
 */
import { type Command, Option } from 'commander';
import type { ExitCode } from '../report/meaning.js';
import { FORCE_HELP, integer } from './flags.js';

/** Adds the commands. Each is loaded when it is called. */
export function resultCommands(root: Command, done: (code: ExitCode) => void): void {
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
}
