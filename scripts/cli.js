/**
 * Builds the command line: three scripts (the command line itself, the thread of a module, jiti's compiler of
 * TypeScript), each bundled with its packages and compiled ahead (`src/worker/ahead.ts`), because finding and compiling
 * a few hundred files took longer than most searches do. Experiments, topologies, the language server and the threads of promises
 * and samples are bundles beside them, which are compiled when they are needed.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const require = createRequire(import.meta.url);

/** What runs the scripts is not a part of them, and neither is what few commands need. */
const apart = {
  name: 'apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/ahead\.js$/ }, () => ({ path: './ahead.cjs', external: true }));
    onResolve({ filter: /\/(?:experiments|blazes)\.js$/ }, ({ kind, resolveDir, path: target }) => {
      const name = basename(target, '.js');
      return kind === 'dynamic-import' && join(resolveDir, target) === path(`src/cli/commands/${name}.js`)
        ? { path: `./${name}.cjs`, external: true }
        : undefined;
    });
  },
};
const common = {
  bundle: true,
  outdir: path('dist/cli'),
  entryNames: '[name]',
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
};
await build({
  ...common,
  entryPoints: [path('src/cli/main.ts'), path('src/worker/thread.ts')],
  plugins: [apart],
  // They look for files beside themselves.
  external: ['jiti', 'pino', 'bullmq', 'ioredis'],
  define: { 'import.meta.url': '__url' },
  // V8 gives such a script no `import`.
  supported: { 'dynamic-import': false },
});
const beside = {
  ...common,
  define: { 'import.meta.url': '__url' },
  banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
};
await build({ ...beside, entryPoints: [path('src/worker/ahead.ts'), path('src/cli/jobs/sampler-thread.ts')] });
await build({
  ...beside,
  entryPoints: ['worker/judge', 'cli/commands/experiments', 'cli/commands/blazes'].map((name) =>
    path(`src/${name}.ts`),
  ),
  plugins: [apart],
  external: ['jiti', 'pino'],
});
await build({
  ...common,
  entryPoints: { lsp: path('src/cli/lsp/server.ts') },
  define: { 'import.meta.url': '__url' },
});
copyFileSync(fileURLToPath(import.meta.resolve('cadical-wasm/cadical.wasm')), path('dist/cli/cadical.wasm'));
const compiler = join(dirname(require.resolve('jiti/package.json')), 'dist/babel.cjs');
const { code } = await transform(readFileSync(compiler, 'utf8'), { platform: 'node' });
writeFileSync(path('dist/cli/compiler.cjs'), code);
for (const name of ['main', 'thread', 'compiler']) toAscii(path(`dist/cli/${name}.cjs`));
// What they print is of interest only if they fail.
const { status, stderr } = spawnSync(process.execPath, [path('scripts/ahead.js')], { encoding: 'utf8' });
if (status !== 0) process.stderr.write(stderr);
process.exitCode = status ?? 1;

/** ASCII is read fastest. What esbuild leaves is in comments, and in regular expressions, raw templates for such too. */
function toAscii(file) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\0-\x7f]/g, escaped));
}
