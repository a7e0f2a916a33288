/**
 * Models of latencies: one that comes with `ldfi`, by name, or a file, JSON or CSV.
 */
import { basename } from 'node:path';
import { visible } from '../../core/text.js';
import { issuesOf, parsedJson } from '../../report/schema.js';
import { type LatencyModel, latencySchema } from '../../staleness/latency.js';
import { modelFromCsv } from '../../staleness/measured.js';
import { MODEL_NAMES, MODELS, type ModelName } from '../../staleness/models.js';
import { readText, shown } from '../io/files.js';
import { complain } from '../io/terminal.js';

const isName = (word: string): word is ModelName => MODEL_NAMES.some((name) => name === word);

/** Undefined, and a complaint, if there is no such model. */
export function loadLatency(word: string): LatencyModel | undefined {
  const name = word.toLowerCase();
  if (isName(name)) return MODELS[name];
  const read = readText(word);
  if (!read.ok) {
    const names = `the models are ${MODEL_NAMES.join(', ')}; a file is JSON, or CSV and ends in .csv`;
    complain(`error: cannot read ${visible(shown(word))}: ${visible(read.reason)} (${names})\n`);
    return undefined;
  }
  const found = word.toLowerCase().endsWith('.csv')
    ? modelFromCsv(read.text, basename(word))
    : modelFromJson(read.text);
  if ('model' in found) return found.model;
  for (const { line, message } of found.problems)
    complain(`error: ${visible(`${shown(word)}${line === undefined ? '' : `:${line}`}: ${message}`)}\n`);
  return undefined;
}

type Problem = { readonly line?: number; readonly message: string };

function modelFromJson(text: string): { readonly model: LatencyModel } | { readonly problems: readonly Problem[] } {
  const read = parsedJson(text);
  if ('problem' in read) return { problems: [{ message: read.problem }] };
  const parsed = latencySchema.safeParse(read.data);
  if (parsed.success) return { model: parsed.data };
  return { problems: [{ message: `it is no model of latencies (${issuesOf(parsed.error)})` }] };
}
