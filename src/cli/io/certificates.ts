/**
 * Certificates of the checks of a command: making them, and what they are certificates of.
 */
import { createHash } from 'node:crypto';
import type { Subject } from '../../answer/subject.js';
import { visible } from '../../core/text.js';
import { whenDone } from '../../core/work.js';
import { boundsText, type Certified, certificateToJson } from '../../verify/certificate.js';
import type { Job } from '../load/load.js';
import { type Destination, saveText } from './outputs.js';
import { complain, errorInWords } from './terminal.js';

/** A digest of all files that specs are made of. */
export function digestOf(subjects: Iterable<Subject>): string {
  const texts = new Set([...subjects].flatMap(({ files }) => files.map(({ text }) => text)));
  return createHash('sha256')
    .update(JSON.stringify([...texts]))
    .digest('hex');
}

/** The checks among those of a command that hold, with their names. */
export interface Holding {
  readonly job: Job;
  readonly name: string;
}

/** Where a certificate goes. */
export interface CertificateOutput extends Destination {
  /** @returns whether it was made and written; if not, why has been said */
  write(subjects: readonly Subject[], holding: readonly Holding[], signal: AbortSignal): Promise<boolean>;
}

export const certificateOutput = (path: string): CertificateOutput => ({
  flag: '--certificate',
  label: 'Certificate',
  path,
  async write(subjects, holding, signal) {
    const text = await certificateOf(subjects, holding, signal);
    return text !== undefined && saveText(path, text, 'error');
  },
});

/** The certificate of checks that hold, as text; undefined, and a complaint, if one of them has none. */
async function certificateOf(
  subjects: readonly Subject[],
  holding: readonly Holding[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const checks: Certified[] = [];
  for (const { job, name } of holding) {
    const { subject, check } = job;
    try {
      const tree = await whenDone(subject.certify(check.bounds, signal), signal);
      checks.push({ name, bounds: boundsText(check.bounds), tree });
    } catch (error) {
      const reason = signal.aborted ? 'it was stopped before it was made' : errorInWords(error);
      complain(`error: no certificate of ${visible(name)}: ${visible(reason)}\n`);
      return undefined;
    }
  }
  return certificateToJson({ spec: digestOf(subjects), checks });
}
