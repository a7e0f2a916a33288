// The process that searches checks for `ldfi test --jobs` (`src/cli/jobs/searcher.ts`).
import { createRequire } from 'node:module';
import { setFlags } from './flags.js';

setFlags();
await createRequire(import.meta.url)('../dist/cli/ahead.cjs')
  .loadAhead('main')
  .searcher();
