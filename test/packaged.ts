/**
 * Before all tests: a folder for what they write, which is removed in the end, and in it a copy of the package as it is
 * published, with the dependencies of this repository.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for all tests. The package is in it, as `package`. */
    scratch: string;
    isBuilt: boolean;
  }
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Copies the package to a folder. */
export function copyPackage(to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of ['dist', 'bin', 'specs', 'templates', 'package.json', 'README.md', 'LICENSE'])
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(to, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(to, 'node_modules'));
}

export default function setup({ provide }: TestProject): () => void {
  const scratch = mkdtempSync(join(tmpdir(), 'ldfi-test-'));
  provide('scratch', scratch);
  const isBuilt = existsSync(join(ROOT, 'dist/cli/main.cjs'));
  if (isBuilt) copyPackage(join(scratch, 'package'));
  provide('isBuilt', isBuilt);
  return () => rmSync(scratch, { recursive: true, force: true });
}
