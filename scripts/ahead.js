/**
 * Compiles the scripts of the command line ahead: lets them work a little, so that V8 compiles what most commands use,
 * then keeps what it has made (`src/worker/ahead.ts`).
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlags } from '../bin/flags.js';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const START = "require('./ahead.cjs').loadAhead('thread');\n";
/**
 * Only a thread itself can tell, and it is ended from outside: it does so before each answer, if it has more to tell
 * than others had.
 */
const KEEPING = `
const { existsSync, statSync, writeFileSync } = require('node:fs');
const { port } = require('node:worker_threads').workerData;
const post = port.postMessage.bind(port);
port.postMessage = (answer) => {
  for (const name of ['thread', 'compiler']) {
    const file = __dirname + '/' + name + '.code';
    const code = require('./ahead.cjs').codeOf(name);
    if (!existsSync(file) || statSync(file).size < code.length) writeFileSync(file, code);
  }
  post(answer);
};
`;

setFlags();
for (const name of ['main', 'thread', 'compiler']) rmSync(path(`dist/cli/${name}.code`), { force: true });
const folder = mkdtempSync(join(tmpdir(), 'ldfi-build-'));
try {
  writeFileSync(path('dist/cli/start.cjs'), KEEPING + START);
  const { codeOf, loadAhead } = createRequire(import.meta.url)('../dist/cli/ahead.cjs');
  for (const spec of ['broadcast/simple.ded', 'broadcast/retry.ded', 'typescript/broadcast-relay-once.ts'])
    await loadAhead('main').main(['run', path(`specs/${spec}`), '--json', join(folder, 'result.json')]);
  writeFileSync(path('dist/cli/main.code'), codeOf('main'));
} finally {
  writeFileSync(path('dist/cli/start.cjs'), START);
  rmSync(folder, { recursive: true });
}
