/**
 * Faults that come from outside, from a saved result or a test, checked before any is injected.
 */
import * as z from 'zod';
import { LdfiError } from '../core/invariant.js';
import type { LiveFault } from '../experiments/experiment.js';

/** Most faults at once, and the longest name of a call. */
const MOST = { faults: 100, name: 20_000 } as const;

const faultsSchema = z
  .array(z.looseObject({ call: z.string().min(1).max(MOST.name), kind: z.string().min(1).max(100) }))
  .min(1, 'name at least one fault')
  .max(MOST.faults);

/**
 * @param data a list of faults, each with `call` and `kind`
 * @param kindFrom reads a kind; throws LdfiError if it is none
 * @throws LdfiError 'bad-options'
 */
export function faultsOf(data: unknown, kindFrom: (text: string) => string): LiveFault[] {
  const parsed = faultsSchema.safeParse(data);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.map(part), message }));
    const words = problems.slice(0, 5).map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
    throw new LdfiError('bad-options', `these are no faults: ${words.join('; ')}`, problems);
  }
  const faults = parsed.data.map(({ call, kind }) => ({ call, kind: kindFrom(kind) }));
  const twice = faults.find(({ call }, i) => faults.findIndex((other) => other.call === call) < i);
  if (twice) throw new LdfiError('bad-options', `one call can meet one fault only; "${twice.call}" is named twice`);
  return faults;
}

const part = (key: PropertyKey): string | number => (typeof key === 'symbol' ? String(key) : key);
