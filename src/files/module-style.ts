/**
 * Whether Node takes a file for an ES module or for CommonJS: by its extension, else by the nearest `package.json`.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** @param path of a file, which need not be there yet */
export function isCommonJs(path: string): boolean {
  if (/\.[mc][jt]s$/.test(path)) return /\.c[jt]s$/.test(path);
  for (let at = dirname(resolve(path)); ; at = dirname(at)) {
    const type = typeIn(join(at, 'package.json'));
    if (type !== undefined || dirname(at) === at) return type !== 'module';
  }
}

/** The `type` of a package, undefined if there is none to be read. */
function typeIn(path: string): string | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const { type = 'commonjs' } = read as { type?: unknown };
    return String(type);
  } catch {
    return undefined;
  }
}
