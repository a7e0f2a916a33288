import { defineConfig } from 'ldfi';

export default defineConfig({
  // Files, folders or patterns. { files: 'specs/x.ts', crashes: 1, expect: 'violated' } overrides what a spec says itself.
  specs: ['specs'],
  // The result of all checks: ldfi.json, for `ldfi replay`, and test/index.html, with a page for each spec.
  reports: 'reports',
  // Seconds for all checks together.
  timeout: 300,
});
