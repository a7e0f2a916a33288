#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

// Small searches end before optimised code could pay for its compilation; long ones still get it.
setFlagsFromString('--wasm-tiering-budget=20000000');
setFlagsFromString('--interrupt-budget=270000');

const built = new URL('../dist/cli/main.js', import.meta.url);
if (!existsSync(built)) {
  console.error('error: ldfi is not built yet; run `npm run build` (npm install does it too)');
  process.exit(2);
}
const { main } = await import(built.href);
process.exitCode = await main(process.argv.slice(2));
