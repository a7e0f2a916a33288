import { defineConfig } from 'ldfi';

export default defineConfig({
  // Files, folders or patterns. { files: 'specs/x.ts', crashes: 1, expect: 'violated' } overrides what a spec says itself.
  specs: ['specs'],
  // The result of all checks, as ldfi.json (for `ldfi replay`) and ldfi.html.
  reports: 'reports',
  // Seconds for all checks together.
  timeout: 300,
});
