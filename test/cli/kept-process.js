/**
 * A process of `kept.ts`: runs one command of `ldfi` after another, each from scripts that begin anew, so that nothing
 * but compiled code is kept from one to the next.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , folder] = process.argv;
const require = createRequire(import.meta.url);
const { setFlags } = await import(pathToFileURL(join(folder, 'bin/flags.js')).href);
setFlags();

process.on('message', async ({ cwd, args }) => {
  process.chdir(cwd);
  for (const path of Object.keys(require.cache)) if (path.startsWith(folder)) delete require.cache[path];
  const { main } = require(join(folder, 'dist/cli/ahead.cjs')).loadAhead('main');
  const code = await main(args);
  // What threads have printed is on its way.
  setTimeout(() => process.send({ code }), 1);
});
