/**
 * Reading a result back from a file.
 */
import { visible } from '../core/text.js';
import { type Result, resultFromJson } from '../report/schema.js';
import { readText } from './files.js';
import { complain } from './terminal.js';

/**
 * The result in a file, or undefined and a complaint.
 * @param purpose completes 'error: cannot … FILE', e.g. `replay`
 */
export function readResult(path: string, purpose: string): Result | undefined {
  const read = readText(path);
  const parsed = read.ok ? resultFromJson(read.text) : { problem: read.reason };
  if ('result' in parsed) return parsed.result;
  complain(`error: cannot ${purpose} ${visible(path)}: ${visible(parsed.problem)}\n`);
  return undefined;
}
