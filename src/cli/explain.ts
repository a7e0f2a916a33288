/**
 * `ldfi explain`: the command for what codes, verdicts and words mean.
 */
import type { Command } from 'commander';
import type { ExitCode } from '../report/meaning.js';

/** Adds the command, which is loaded when it is called. */
export function explainCommand(root: Command, done: (code: ExitCode) => void): void {
  root
    .command('explain')
    .description('what a diagnostic, a verdict, an error or a word means, with an example')
    .argument('[word...]', 'a code, a verdict or a word, as in unbound-variable (default: list them)')
    .action(async (words: string[]) => done((await import('./commands/explain.js')).explain(words.join(' '))));
}
