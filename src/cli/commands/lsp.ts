/**
 * `ldfi lsp`: the language server, a script of its own, so that no other command has to read it.
 */
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { loadAhead } from '../../worker/ahead.js';
import { complain } from '../io/terminal.js';

export async function lsp(): Promise<ExitCode> {
  if (process.stdin.isTTY) {
    complain('error: an editor starts `ldfi lsp` and speaks with it; docs/editor.md says how to set it up\n');
    return EXIT.mistake;
  }
  const { serve } = loadAhead('lsp') as typeof import('../lsp/server.js');
  return await serve(process.stdin, process.stdout);
}
