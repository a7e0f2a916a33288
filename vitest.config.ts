import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Folders whose tests leave nothing behind in their process: many files share one, and what they import. */
const SHARED =
  'answer,blazes,cli,core,dedalus,docs,e2e,editor,experiments,explain,history,lineage,playground,reference,regressions,report,risk,search,simulator,solver,staleness';

/**
 * Files that wait long for processes of their own: other test runners, package managers, browsers, databases, programs
 * under test. They run from size 0.1 on (`test/size.ts`), which is what CI runs.
 */
const LONG = [
  'test/cli/{jobs,outputs,package,queue}.test.ts',
  'test/docs/commands.test.ts',
  'test/e2e/playground.test.ts',
  'test/lineage/mistakes.test.ts',
  'test/live/{cli,telemetry}.test.ts',
  'test/live/nodes/{outputs,programs,workload-programs}.test.ts',
  'test/testing/runners.test.ts',
];
const left = Number(process.env.LDFI_TEST_SIZE ?? 0) >= 0.1 ? [] : LONG;

export default defineConfig({
  // Specs in TypeScript import the package by its name, as a user's do.
  resolve: { alias: [{ find: /^ldfi$/, replacement: fileURLToPath(new URL('./src/index.ts', import.meta.url)) }] },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'shared', isolate: false, include: [`test/{${SHARED}}/**/*.test.ts`], exclude: left },
      },
      {
        extends: true,
        test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: [`test/{${SHARED}}/**`, ...left] },
      },
    ],
    globalSetup: 'test/packaged.ts',
    // On two cores: many tests wait for processes that they have started.
    maxWorkers: 4,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Of what runs in the tests' own process: the command line and what is loaded into services run in others, and
    // so do most of the threads and the pages.
    coverage: {
      include: ['src/**/*.ts'],
      exclude: ['src/cli/**', 'src/live/preload/**'],
      reportOnFailure: true,
      reporter: ['text-summary'],
      thresholds: { lines: 73 },
    },
  },
});
