/**
 * The sample report in reports/ is what the tool writes today, byte for byte. After a change to the page or the engine:
 * `npm run sample`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

it('the sample report is up to date', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-sample-'));
  try {
    // The page names its result as seen from here.
    symlinkSync(resolve('specs'), join(folder, 'specs'));
    const page = 'reports/sample.html';
    const words = ['run', 'specs/replication/kafka-isr.ded', '-q', '--json', 'reports/sample.json', '--report', page];
    expect(spawnSync('node', [resolve('bin/ldfi.js'), ...words], { cwd: folder }).status).toBe(1);
    const same = readFileSync(join(folder, page), 'utf8') === readFileSync(page, 'utf8');
    expect(same ? 'up to date' : 'stale: run `npm run sample`').toBe('up to date');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
