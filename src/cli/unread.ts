/**
 * What reporters need to know of a spec that could not be used: it must not look as if it had not been there.
 */
import { problemsInWords } from '../core/invariant.js';
import { loadProgram } from '../dedalus/load.js';
import { locate } from '../dedalus/locate.js';
import type { Place, Unread } from '../report/reporters/index.js';
import { fileReader, shown } from './files.js';
import { isModule, strangerIn } from './modules.js';
import { loadProtocols } from './protocols.js';

/** Why a spec could not be used: its diagnostics, or the reason given. */
export async function unreadSpec(
  paths: readonly string[],
  reason: string | undefined = strangerIn(paths),
): Promise<Unread> {
  const path = paths.map(shown).join(' ');
  const whole: Place = { file: shown(paths[0] ?? ''), line: 1, column: 1 };
  if (reason !== undefined) return { path, problems: [{ message: reason, place: whole }] };
  const { diagnostics, files } = paths.some(isModule)
    ? await loadProtocols(paths.find(isModule) ?? '')
    : loadProgram(paths, fileReader);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const problems = errors.map((error) => {
    const { path: file, line, column } = locate(files, error.span);
    return { message: problemsInWords([error]), place: file === '' ? whole : { file, line, column } };
  });
  const unsaid = { message: 'its checks cannot be run; the log says why', place: whole };
  return { path, problems: problems.length > 0 ? problems : [unsaid] };
}
