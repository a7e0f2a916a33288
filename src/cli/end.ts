/**
 * The end of the process: never a green that nobody gave. A module may end it (`process.exit` at its top level) or set its exit code, and work that handlers
 * left behind may come to light only after the verdict.
 */
import { escapeText } from '../dedalus/frame.js';
import { untold } from '../protocol/late.js';
import { EXIT, type ExitCode } from '../report/meaning.js';
import { wasRejected } from './rejections.js';
import { complain } from './terminal.js';

/** What the command came to. */
let decided: ExitCode | undefined;
let watched = false;

/** From now on, to end without a decision is a mistake. Of several commands in one process the last decides. */
export function watchEnd(): void {
  decided = undefined;
  if (watched) return;
  watched = true;
  process.on('exit', (code) => {
    // What went wrong otherwise has been told.
    if (code === 0) process.exitCode = lastWord();
  });
}

export function decide(code: ExitCode): ExitCode {
  decided = code;
  return code;
}

function lastWord(): ExitCode {
  const late = untold();
  if (decided === undefined) complain('error: the process was ended before there was a result\n');
  else if (late) complain(`error: after the verdict, ${escapeText(late.message)}\n`);
  return late || wasRejected() ? EXIT.mistake : (decided ?? EXIT.mistake);
}
