/**
 * What a file is called in a patch: seen from the top of its repository, where `git apply` looks it up, or from the
 * working folder if it is in none.
 */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

export function nameInPatch(path: string): string {
  const full = resolve(path);
  const name = relative(topOf(full) ?? '', full)
    .split(sep)
    .join('/');
  // A patch must not lead out of where it is applied.
  return name.replace(/^(?:\.\.\/)+/, '');
}

/** The folder of the repository that a file is in. */
function topOf(full: string): string | undefined {
  for (let at = dirname(full); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}
