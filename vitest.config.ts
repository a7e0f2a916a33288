import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Specs in TypeScript import the package by its name, as a user's do.
  resolve: { alias: [{ find: /^ldfi$/, replacement: fileURLToPath(new URL('./src/index.ts', import.meta.url)) }] },
  test: { include: ['test/**/*.test.ts'], maxWorkers: 2, testTimeout: 120_000, hookTimeout: 120_000 },
});
