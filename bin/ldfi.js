#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlags } from './flags.js';

const built = new URL('../dist/cli/ahead.cjs', import.meta.url);
if (!existsSync(built)) {
  console.error('error: ldfi is not built yet; run `npm run build` (npm install does it too)');
  process.exit(2);
}
setFlags();
const { main } = createRequire(built)('./ahead.cjs').loadAhead('main');
process.exitCode = await main(process.argv.slice(2));
