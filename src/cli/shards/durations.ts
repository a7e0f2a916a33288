/**
 * How long checks took, kept in a file, by which `--shard` balances. It is no report: its figures differ from run to
 * run.
 */
import * as z from 'zod';
import { version } from '../../files/package.js';
import { printableJson } from '../../report/result.js';
import type { Duration } from '../commands/table.js';
import { readText, shown } from '../io/files.js';
import type { Output } from '../io/outputs.js';
import type { Durations } from './cut.js';

const schema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('ldfi'), version: z.string() }),
  /** Milliseconds. */
  durations: z.record(z.string(), z.number().min(0).max(1e9)),
});

/** @returns what is wrong with the file, if something is */
export function readDurations(path: string): { durations: Durations } | { problem: string } {
  const read = readText(path);
  if (!read.ok) return { problem: `cannot read ${shown(path)}: ${read.reason}` };
  try {
    const parsed = schema.safeParse(JSON.parse(read.text));
    if (parsed.success) return { durations: parsed.data.durations };
  } catch {
    // Said below, together with all else that is none.
  }
  return { problem: `${shown(path)} does not have the durations of checks; \`ldfi test --durations-to\` writes them` };
}

/** @param durations will be there when it is written */
export const durationsOutput = (path: string, durations: readonly Duration[]): Output => ({
  flag: '--durations-to',
  label: 'Durations',
  path,
  text: () => {
    const byLabel = Object.fromEntries(durations.map(({ label, took }) => [label, Math.round(took)]));
    const tool = { name: 'ldfi', version: version() };
    return `${printableJson(JSON.stringify({ schemaVersion: 1, tool, durations: byLabel }, undefined, 2))}\n`;
  },
});
