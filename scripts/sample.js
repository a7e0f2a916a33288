/** Writes the sample report that is kept in reports/; a test compares it with what the tool writes today. */
import { spawnSync } from 'node:child_process';

const words = [
  'run',
  'specs/replication/kafka-isr.ded',
  '-q',
  '--json',
  'reports/sample.json',
  '--report',
  'reports/sample.html',
];
const { status } = spawnSync('node', ['bin/ldfi.js', ...words], { stdio: 'inherit' });
process.exit(status === 1 ? 0 : 1);
