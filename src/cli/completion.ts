/**
 * `ldfi completion`: scripts by which shells complete commands, flags and their values.
 */
import { Argument, type Command } from 'commander';
import type { ExitCode } from '../report/meaning.js';

/** Adds the command; it reads all commands of `root` when it is called. */
export function completionCommand(root: Command, done: (code: ExitCode) => void): void {
  root
    .command('completion')
    .description('print a script that completes commands and flags: source <(ldfi completion bash)')
    .addArgument(new Argument('<shell>', 'whose').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: 'bash' | 'zsh' | 'fish') =>
      done((await import('./commands/completion.js')).completion(shell, root)),
    );
}
