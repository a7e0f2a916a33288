/**
 * What a report takes along of a protocol, whose handlers its page cannot run.
 */
import { LdfiError } from '../core/invariant.js';
import { type Learned, learn } from '../report/protocol/knowledge.js';
import type { CheckResult } from '../report/schema.js';
import { systemOf } from '../testing/check.js';
import type { Subject } from './subject.js';

/** Undefined for Dedalus programs. */
export function learnedOf(subject: Subject | undefined, check: CheckResult): Learned | undefined {
  if (subject?.kind !== 'protocol') return undefined;
  try {
    return learn(() => systemOf(subject.protocol, check.bounds), check);
  } catch (error) {
    // Handlers that do what they must not: the result says so.
    if (error instanceof LdfiError) return { missing: error.message };
    throw error;
  }
}
