import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Folders whose tests leave nothing behind in their process: many files share one, and what they import. */
const SHARED =
  'answer,bloom,blazes,calm,cli,core,dedalus,docs,e2e,editor,experiments,explain,fix,frontier,gallery,gates,history,lineage,playground,reference,regressions,report,risk,search,simulator,solver,staleness,verify';

/**
 * Files that take long: most start other test runners, package managers, browsers, databases, or programs under test, or
 * run many commands. They run from size 0.1 on (`test/size.ts`), which is what CI runs.
 */
const LONG = [
  'test/cli/{config,end,fix,init,interrupt,jobs,lsp,outputs,package}.test.ts',
  'test/cli/{protocol,queue,replay,shards,system,watch}.test.ts',
  'test/docs/commands.test.ts',
  'test/e2e/{access,diagram,every-kind,experiments,explored,labels,overview,playground,protocol}.test.ts',
  'test/fix/specs.test.ts',
  'test/frontier/programs.test.ts',
  'test/lineage/mistakes.test.ts',
  'test/live/{cli,system,telemetry}.test.ts',
  'test/live/nodes/{cli,load,outputs,programs,run,workload-programs}.test.ts',
  'test/live/queries/{charges,preload,queue}.test.ts',
  'test/testing/runners.test.ts',
  'test/worker/thread.test.ts',
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
