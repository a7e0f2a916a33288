/**
 * Fixes of a spec, as `ldfi fix` looks for them, and patches applied by the real git.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { verdictOf } from '../../src/answer/verdict.js';
import type { SourceFile } from '../../src/dedalus/ast.js';
import { loadProgram } from '../../src/dedalus/load.js';
import type { Program } from '../../src/dedalus/program.js';
import { memoryReader } from '../../src/dedalus/reader.js';
import { type Fixes, findFixes } from '../../src/fix/fix.js';
import { patchOf } from '../../src/fix/patch.js';
import { Workshop } from '../../src/fix/workshop.js';
import { DedalusSystem } from '../../src/lineage/ground/system.js';
import { type Check, resolveChecks } from '../../src/search/check.js';

export interface Mended extends Omit<Fixes, 'checks'> {
  readonly program: Program;
  readonly files: readonly SourceFile[];
  readonly checks: readonly Check[];
  /** Of each fix, as `git apply` takes it. */
  readonly patches: readonly string[];
}

/** A program of some texts, the first of which is its root. */
export function programOf(files: readonly SourceFile[]): Program {
  const texts = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  const { program, diagnostics } = loadProgram([files[0]?.path ?? ''], memoryReader(texts));
  if (!program) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}

export async function fixesOf(files: readonly SourceFile[], most = 3, checks?: readonly Check[]): Promise<Mended> {
  const program = programOf(files);
  const asked = checks ?? resolveChecks(program);
  const found = [];
  for (const check of asked)
    found.push({ check, verdict: await verdictOf(new DedalusSystem(program, check.bounds), {}) });
  const fixes = await findFixes(new Workshop(program, 1, found), { most });
  const patches = fixes.fixes.map(({ proposal }) => patchOf(program.files, proposal.splices, (path) => path));
  return { ...fixes, program, files: program.files, checks: asked, patches };
}

/** The files of a spec in this repository, with all that it includes; paths as seen from its top. */
export function filesOf(path: string): SourceFile[] {
  const { files } = loadProgram([path], {
    read(name, from) {
      const at = from === undefined ? name : join(dirname(from), name);
      return { ok: true, id: at, path: at, text: readFileSync(at, 'utf8') };
    },
  });
  return [...files];
}

/** The files after a patch, which git applies in a repository with nothing else in it. */
export function applied(files: readonly SourceFile[], patch: string, from = '.'): SourceFile[] {
  const top = mkdtempSync(join(tmpdir(), 'ldfi-patch-'));
  try {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: join(top, from), stdio: 'pipe' });
    for (const { path, text } of files) {
      mkdirSync(dirname(join(top, path)), { recursive: true });
      writeFileSync(join(top, path), text);
    }
    writeFileSync(join(top, 'fix.patch'), patch);
    execFileSync('git', ['init', '-q', '.'], { cwd: top, stdio: 'pipe' });
    git('apply', join(top, 'fix.patch'));
    return files.map(({ path }) => ({ path, text: readFileSync(join(top, path), 'utf8') }));
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}
