/**
 * JSON schemas of what people write and what `ldfi` writes, for editors and for other tools: `dist/schemas/*.json` and
 * `ldfi live schema`. Made from the schemas by which `ldfi` itself reads both.
 *
 * ```json
 * { "$schema": "./node_modules/ldfi/dist/schemas/config.json", "specs": ["specs"] }
 * ```
 */
import * as z from 'zod';
import { topologySchema } from '../blazes/topology.js';
import { configSchema as liveConfigSchema } from '../live/http/config.js';
import { nodesResultSchema } from '../live/nodes/report/schema.js';
import { liveResultSchema } from '../live/report/result.js';
import { blazesSchema } from '../report/blazes/schema.js';
import { differenceSchema } from '../report/diff/model.js';
import { frontiersSchema } from '../report/frontier/schema.js';
import { resultSchema } from '../report/schema.js';
import { stalenessSchema } from '../report/staleness/schema.js';
import { latencySchema } from '../staleness/latency.js';
import { configSchema } from './config.js';

const SCHEMAS = {
  config: [configSchema, 'ldfi.config.json: what `ldfi test` runs'],
  result: [resultSchema, 'A result of `ldfi run` or `ldfi test`'],
  frontier: [frontiersSchema, 'What `ldfi frontier --json` writes'],
  diff: [differenceSchema, 'What `ldfi diff --json` writes'],
  pbs: [stalenessSchema, 'What `ldfi pbs --json` writes'],
  latency: [latencySchema, 'A model of latencies for `ldfi pbs --model`'],
  topology: [topologySchema, 'A topology for `ldfi blazes`'],
  blazes: [blazesSchema, 'What `ldfi blazes --json` writes'],
  'live-config': [liveConfigSchema, 'ldfi.live.yaml: services to be experimented on'],
  'live-result': [liveResultSchema, 'A result of `ldfi live run`'],
  'nodes-result': [nodesResultSchema, 'A result of `ldfi nodes`'],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

export type SchemaName = keyof typeof SCHEMAS;

export const SCHEMA_NAMES = Object.keys(SCHEMAS) as readonly SchemaName[];

/** A schema as JSON text (draft 2020-12). What only code can check is left open in it. */
export function jsonSchema(name: SchemaName): string {
  const [schema, title] = SCHEMAS[name];
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
