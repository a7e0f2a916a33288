/**
 * jiti's compiler of TypeScript, compiled ahead like the command line itself.
 */
import type { TransformOptions, TransformResult } from 'jiti';
import { loadAhead } from './ahead.js';

type Compiler = (options: TransformOptions) => TransformResult;

/** The compiler that jiti would load itself. */
export function loadCompiler(): Compiler {
  const exports = loadAhead('compiler') as { default?: Compiler };
  return exports.default ?? (exports as Compiler);
}
