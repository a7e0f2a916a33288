/**
 * Finding specs: all `.ded` files at or below some files and folders.
 *
 * Whatever cannot be looked at is reported, never skipped: a spec that silently goes unchecked would be a false green.
 */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { reasonOf, shown } from './files.js';

export interface FoundSpecs {
  /** Sorted within each folder, each file once however often it is named. */
  readonly specs: readonly string[];
  readonly missing: readonly { readonly path: string; readonly reason: string }[];
}

export function findSpecs(paths: readonly string[]): FoundSpecs {
  const specs: string[] = [];
  const missing: { path: string; reason: string }[] = [];
  // By real path, so that links in a circle end.
  const seen = new Set<string>();
  const visit = (path: string, named: boolean): void => {
    try {
      const real = realpathSync(path);
      const folder = statSync(real).isDirectory();
      if (seen.has(real) || !(folder || named || path.endsWith('.ded'))) return;
      seen.add(real);
      if (!folder) specs.push(shown(normalize(path)));
      else for (const name of readdirSync(path).sort()) if (isOfInterest(name)) visit(join(path, name), false);
    } catch (error) {
      if (named || path.endsWith('.ded') || !isMissing(error)) missing.push({ path: shown(path), reason: reasonOf(error) });
    }
  };
  for (const path of paths) visit(path, true);
  return { specs, missing };
}

const isOfInterest = (name: string): boolean => name !== 'node_modules' && !name.startsWith('.');

/** A link to nowhere that is not named like a spec is nobody's business. */
const isMissing = (error: unknown): boolean => (error as { code?: string }).code === 'ENOENT';
