/**
 * `ldfi fix`: the command for edits that mend a spec.
 */
import type { Command } from 'commander';
import type { ExitCode } from '../report/meaning.js';
import { boundFlags, FORCE_HELP, integer } from './flags.js';

/** Adds the command, which is loaded when it is called. */
export function fixCommand(root: Command, done: (code: ExitCode) => void): void {
  boundFlags(
    root
      .command('fix')
      .description('look for an edit that mends a violated spec, prove it, and write it into the spec')
      .argument('<file...>', 'files of one Dedalus program; of modules with protocols it is only said what is wrong'),
  )
    .option('--check <name>', 'mend only the check of this name; those that hold must go on holding')
    .option('--dry-run', 'write nothing, print the edits as patches')
    .option('--output <file>', 'write nothing into the spec, but the patch to this file, - for stdout')
    .option('--proposals <n>', 'how many edits are shown', integer(1, 20), 3)
    .option('--choose <n>', 'which of them is written', integer(1, 20), 1)
    .option('--json <file>', 'where to write all that was found, - for stdout')
    .option('--timeout <seconds>', 'stop after this many seconds', integer(1, 1_000_000))
    .option('--force', FORCE_HELP)
    .option('-q, --quiet', 'print nothing but errors')
    .action(async (files, flags) => done(await (await import('./commands/fix.js')).fix(files, flags)));
}
