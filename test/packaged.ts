/**
 * Before all tests: a copy of the package as it is published, with the dependencies of this repository, which is removed
 * in the end.
 */
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Its folder; empty if nothing is built. */
    packaged: string;
  }
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Copies the package to an empty folder. */
export function copyPackage(to: string): void {
  for (const name of ['dist', 'bin', 'specs', 'templates', 'package.json', 'README.md', 'LICENSE'])
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(to, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(to, 'node_modules'));
}

export default function setup({ provide }: TestProject): (() => void) | undefined {
  const isBuilt = existsSync(join(ROOT, 'dist/cli/main.cjs'));
  const folder = isBuilt ? mkdtempSync(join(tmpdir(), 'ldfi-package-')) : '';
  provide('packaged', folder);
  if (!isBuilt) return undefined;
  copyPackage(folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
