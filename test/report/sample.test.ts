/**
 * The sample report in reports/ is what the tool writes today, byte for byte. After a change to the page or the engine:
 * `npm run sample`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('the sample report is up to date', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-sample-'));
  try {
    const page = join(folder, 'sample.html');
    const words = [
      'run',
      'specs/replication/kafka-isr.ded',
      '-q',
      '--json',
      join(folder, 'sample.json'),
      '--report',
      page,
    ];
    expect(spawnSync('node', ['bin/ldfi.js', ...words]).status).toBe(1);
    const same = readFileSync(page, 'utf8') === readFileSync('reports/sample.html', 'utf8');
    expect(same ? 'up to date' : 'stale: run `npm run sample`').toBe('up to date');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
