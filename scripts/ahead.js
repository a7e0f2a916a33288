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
/** Only a thread itself can tell, and it is ended from outside: it does so before each answer. */
const KEEPING = `
const { port } = require('node:worker_threads').workerData;
const post = port.postMessage.bind(port);
port.postMessage = (answer) => {
  for (const name of ['thread', 'compiler'])
    require('node:fs').writeFileSync(__dirname + '/' + name + '.code', require('./ahead.cjs').codeOf(name));
  post(answer);
};
`;

setFlags();
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
