/**
 * What a report takes along of a protocol, whose handlers its page cannot run.
 */
import { LdfiError } from '../core/invariant.js';
import { oracleOf } from '../lineage/oracle.js';
import { type Learned, learn } from '../report/provenance/learned/knowledge.js';
import type { CheckResult } from '../report/schema.js';
import { systemOf } from '../testing/check.js';
import type { Subject } from './subject.js';

/** Undefined for Dedalus programs. */
export async function learnedOf(subject: Subject | undefined, check: CheckResult): Promise<Learned | undefined> {
  if (subject?.kind !== 'protocol') return undefined;
  const system = systemOf(subject.protocol, check.bounds);
  const oracle = await oracleOf(system.space);
  try {
    return await learn(system, check, oracle);
  } catch (error) {
    // Handlers that do what they must not: the result says so.
    if (error instanceof LdfiError) return { missing: error.message };
    throw error;
  } finally {
    oracle.dispose();
  }
}
