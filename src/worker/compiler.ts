/**
 * jiti's compiler of TypeScript, with what V8 made of it when `ldfi` was built: compiling the compiler takes longer
 * than most searches.
 *
 * `scripts/cli.js` puts both files beside the bundle. Where V8 or its flags are others by now, V8 refuses its part and
 * compiles as ever.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import type { TransformOptions, TransformResult } from 'jiti';
import { builtFile } from './built.js';

export type Compiler = (options: TransformOptions) => TransformResult;

const SOURCE = builtFile('compiler.cjs');
const CODE = builtFile('compiler.code');

let script: Script | undefined;
let compiler: Compiler | undefined;

/** The compiler that jiti would load itself. */
export function loadCompiler(): Compiler {
  if (compiler) return compiler;
  const filename = fileURLToPath(SOURCE);
  script = new Script(`(function (exports, require, module) {${readFileSync(SOURCE, 'utf8')}\n})`, {
    filename,
    ...(existsSync(CODE) && { cachedData: readFileSync(CODE) }),
  });
  const module = { exports: {} as { default?: Compiler } };
  script.runInThisContext()(module.exports, createRequire(SOURCE), module);
  compiler = module.exports.default ?? (module.exports as Compiler);
  return compiler;
}

/** What V8 has made of the compiler so far, in bytes that another process can take. */
export function codeOfCompiler(): Buffer {
  loadCompiler();
  return (script as Script).createCachedData();
}
