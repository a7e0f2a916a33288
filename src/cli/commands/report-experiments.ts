/**
 * `ldfi report RESULT.json` of a result of experiments: its page, as `--html` writes it.
 */
import { basename, join } from 'node:path';
import { LdfiError } from '../../core/invariant.js';
import { visible } from '../../core/text.js';
import { livePage } from '../../files/package.js';
import { nodesPage } from '../../live/nodes/report/page.js';
import { nodesFromJson } from '../../live/nodes/report/schema.js';
import { pageOfLive } from '../../live/report/page.js';
import { resultFromJson } from '../../live/report/result.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { shown } from '../io/files.js';
import { admitted, printPlaces, saveText } from '../io/outputs.js';
import { complain } from '../io/terminal.js';
import type { ExperimentResult } from '../load/experiment-result.js';

/** @param written is given the file that was written */
export function reportExperiments(
  result: ExperimentResult,
  path: string,
  { out, force }: { readonly out?: string | undefined; readonly force?: boolean | undefined },
  written: (file: string) => void,
): ExitCode {
  const page = pageOf(result, path);
  const file = out ?? join('reports', `${basename(path).replace(/\.json$/, '')}.html`);
  const target = { flag: '--out', label: 'Report', path: file };
  if (page === undefined || !admitted([target], [path], force) || !saveText(file, page, 'error')) return EXIT.mistake;
  printPlaces([target]);
  written(file);
  return EXIT.ok;
}

/** Undefined, and a complaint, if it is not what it seems. */
function pageOf({ kind, text }: ExperimentResult, path: string): string | undefined {
  try {
    return kind === 'live' ? pageOfLive(resultFromJson(text), livePage()) : nodesPage(nodesFromJson(text), livePage());
  } catch (error) {
    if (!(error instanceof LdfiError)) throw error;
    complain(`error: cannot report ${visible(shown(path))}: ${visible(error.message)}\n`);
    return undefined;
  }
}
