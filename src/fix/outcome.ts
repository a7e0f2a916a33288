/**
 * All that `ldfi fix` has to say: what is wrong, and what would mend it.
 */
import type { SpecFiles } from '../report/result.js';
import type { Diagnosed } from './diagnosis.js';
import type { Fix, Fixes } from './fix.js';

/** An edit that was proved, with its patch. */
export interface Mending extends Fix {
  /** A unified diff, as `git apply` takes it. */
  readonly patch: string;
}

export interface FixOutcome {
  readonly spec: SpecFiles;
  readonly checks: readonly Diagnosed[];
  /** Undefined where no edit is looked for: of a protocol, and where nothing is violated. */
  readonly search: Omit<Fixes, 'fixes'> | undefined;
  readonly mendings: readonly Mending[];
}
