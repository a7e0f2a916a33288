/**
 * What an included file is called: as its includer is, so that a report finds it from there.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { fileReader } from '../../src/cli/io/file-reader.js';
import { loadProgram } from '../../src/dedalus/load.js';
import { memoryReader } from '../../src/dedalus/reader.js';

test('beside an absolute path, an absolute one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-include-'));
  try {
    const root = join(folder, 's.ded');
    writeFileSync(root, 'include "part.inc";\npost(X) :- log(X);\n');
    writeFileSync(join(folder, 'part.inc'), 'log("a")@1;\npre(X) :- log(X);\n');
    const { files, program } = loadProgram([root], fileReader);
    expect(program).toBeDefined();
    const [spec, part] = files.map(({ path }) => path);
    expect(dirname(part ?? '')).toBe(dirname(spec ?? ''));
    const inPage = memoryReader(Object.fromEntries(files.map(({ path, text }) => [path, text])));
    expect(loadProgram([spec ?? ''], inPage).diagnostics).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
