/**
 * What `run` and `test` share: searching one check after another under one interrupt, with progress and a log.
 */
import { visible } from '../core/text.js';
import { type CheckResult, checkResult } from '../report/result.js';
import type { Check } from '../search/check.js';
import { complainOfError, explore, type Method, unfinished } from './explore.js';
import { type MethodFlags, method } from './flags.js';
import { interruptible } from './interrupt.js';
import { makeLog } from './logger.js';
import { progress, silent } from './progress.js';
import type { Subject } from './subject.js';
import { isTerminal } from './terminal.js';

export interface SearcherFlags extends MethodFlags {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export interface Searcher {
  readonly how: Method;
  /** Searches one check; after an interrupt or a timeout, its result is that it was not run. */
  search(label: string, subject: Subject, check: Check): Promise<CheckResult>;
  /** Whether an interrupt or the timeout has ended the work. */
  ended(): boolean;
  /** Whether the user interrupted. */
  interrupted(): boolean;
  /** Stops listening for interrupts. */
  release(): void;
}

export async function makeSearcher(flags: SearcherFlags): Promise<Searcher> {
  const { signal, interrupted, release } = interruptible(flags.timeout);
  const how = method(flags, signal);
  const log = await makeLog(flags.verbose ?? false);
  const columns = isTerminal(process.stderr) && !flags.verbose ? process.stderr.columns || 80 : undefined;
  return {
    how,
    interrupted,
    release,
    ended: () => signal.aborted,
    async search(label, subject, check) {
      if (signal.aborted) return notRun(subject, check);
      const bar = flags.quiet ? silent : progress(visible(label), columns);
      try {
        const { result, error } = await explore(subject, check, how, (event) => {
          log(label, event);
          bar.update(event);
        });
        bar.clear();
        complainOfError(subject, error);
        return result;
      } finally {
        bar.clear();
      }
    },
  };
}

/** A check that was not reached, which must not look as if it had not been there. */
const notRun = (subject: Subject, check: Check): CheckResult =>
  checkResult(subject.spec, check, unfinished('aborted', undefined, [], 0));
