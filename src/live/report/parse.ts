/**
 * Reading a saved result of experiments.
 */
import type * as z from 'zod';
import { LdfiError } from '../../core/invariant.js';

/**
 * @param command that writes such results
 * @throws LdfiError 'bad-result' that lists what is wrong with it
 */
export function parseResult<T>(text: string, schema: z.ZodType<T>, command: string): T {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new LdfiError('bad-result', 'it is no JSON');
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  throw new LdfiError('bad-result', `it is no result of ${command}: ${problems.join('; ')}`);
}
