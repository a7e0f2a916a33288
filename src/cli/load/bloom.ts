/**
 * The Bloom program of a module as a Dedalus program: what asks questions of the one asks them of the other.
 */
import { DedalusSubject } from '../../answer/dedalus.js';
import type { BloomProgram } from '../../bloom/model.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';

/** @param path of the module, as people name it @returns no subject if there are mistakes */
export async function bloomSubject(
  bloom: BloomProgram,
  files: readonly SourceFile[],
  path: string,
): Promise<{ readonly subject: DedalusSubject | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  const { translate } = await import('../../bloom/translate/program.js');
  const { program, diagnostics } = translate(bloom, files);
  return { subject: program && new DedalusSubject(program, files, [path], diagnostics, bloom), diagnostics };
}
