/** Writes the JSON schemas of configurations and results, from what tsc has built, to dist/schemas. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { jsonSchema, SCHEMA_NAMES } from '../dist/testing/schemas.js';

const folder = new URL('../dist/schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const name of SCHEMA_NAMES) writeFileSync(new URL(`${name}.json`, folder), jsonSchema(name));
