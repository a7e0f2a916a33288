/**
 * Bundles the command line and the thread of a module, with most packages: zod alone is a hundred files, and finding
 * them took longer than most searches do. The compiler of TypeScript is compiled ahead.
 */
import { copyFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { setFlags } from '../bin/flags.js';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

await build({
  entryPoints: ['cli/main', 'worker/thread', 'worker/compiler'].map((name) => path(`src/${name}.ts`)),
  entryNames: '[name]',
  outdir: path('dist/cli'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // They look for files beside themselves.
  external: ['cadical-wasm', 'jiti', 'pino'],
  // Packages in CommonJS ask for modules of Node's.
  banner: { js: "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);" },
  logLevel: 'warning',
});

const jiti = dirname(createRequire(import.meta.url).resolve('jiti/package.json'));
copyFileSync(join(jiti, 'dist/babel.cjs'), path('dist/cli/compiler.cjs'));
setFlags();
const { codeOfCompiler, loadCompiler } = await import('../dist/cli/compiler.js');
// What a module makes it do is compiled as well.
loadCompiler()({
  source: "import { a } from 'b';\nexport const c = <T,>(d: T): T[] => [d, a as T];",
  ts: true,
  async: true,
});
writeFileSync(path('dist/cli/compiler.code'), codeOfCompiler());
