/**
 * `ldfi lsp`, `ldfi format` and `ldfi playground`: the commands for editors, and an editor.
 */
import { type Command, Option } from 'commander';
import type { ExitCode } from '../report/meaning.js';
import { FORCE_HELP } from './flags.js';
import { CHECK_COMMAND } from './lsp/names.js';

/** Adds the commands. Each is loaded when it is called. */
export function editorCommands(root: Command, done: (code: ExitCode) => void): void {
  root
    .command('format')
    .description('lay specs out in the one way: the same program, the same comments')
    .argument('<path...>', 'files, or folders with specs; - for stdin')
    .option('--check', 'write nothing; name the files that are laid out otherwise, exit code 1 if there are any')
    .option('--write', 'write the files that change (default: print the text)')
    .action(async (paths, flags) => done((await import('./commands/format.js')).formatFiles(paths, flags)));
  root
    .command('lsp')
    .description('the language server: an editor starts it and speaks with it on stdin and stdout')
    .option('--stdio', 'on stdin and stdout, which is the only way there is')
    .addOption(new Option('--clientProcessId <pid>', 'the editor, with which the server ends').hideHelp())
    .action(async () => done(await (await import('./commands/lsp.js')).lsp()));
  root
    .command('playground')
    .description(
      'write the playground: an editor of specs with the search beside it, in one page that needs nothing else',
    )
    .option('--out <file>', 'where to write it, - for stdout', 'reports/playground.html')
    .option('--force', FORCE_HELP)
    .option('--open', 'open it in the browser')
    .action(async (flags) => done((await import('./commands/playground.js')).playground(flags)));
  root
    .command(CHECK_COMMAND, { hidden: true })
    .description('what the language server starts to run one check')
    .action(async () => done(await (await import('./lsp/check.js')).checkForServer()));
}
