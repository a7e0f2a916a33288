#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { setFlags } from './flags.js';

setFlags();
const built = new URL('../dist/cli/main.js', import.meta.url);
if (!existsSync(built)) {
  console.error('error: ldfi is not built yet; run `npm run build` (npm install does it too)');
  process.exit(2);
}
const { main } = await import(built.href);
process.exitCode = await main(process.argv.slice(2));
