/**
 * `ldfi completion bash|zsh|fish`.
 */
import type { Command } from 'commander';
import { GROUPS } from '../../explain/groups.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { REPORTERS } from '../../report/reporters/index.js';
import { bashScript } from '../completion/bash.js';
import { fishScript } from '../completion/fish.js';
import { treeOf } from '../completion/tree.js';
import { zshScript } from '../completion/zsh.js';
import { print } from '../io/terminal.js';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** @param root `ldfi` itself, with all its commands */
export function completion(shell: keyof typeof SCRIPTS, root: Command): ExitCode {
  const words = [...new Set(GROUPS.flatMap(({ entries }) => Object.keys(entries)))];
  print(SCRIPTS[shell](treeOf(root, { explain: words, '--reporter': Object.keys(REPORTERS) })));
  return EXIT.ok;
}
