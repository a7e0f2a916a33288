/**
 * Ids from the name of the node and a counter. A restart forgets the counter, and ids are given out again; with
 * `--durable` the counter is in a file that outlives the process.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Node } from './node.js';

const file = process.argv.includes('--durable') ? join(process.env.LDFI_NODE_DIR, 'counter') : undefined;
const node = new Node();
let count = file && existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
node.on('generate', (message) => {
  count++;
  if (file) writeFileSync(file, String(count));
  node.reply(message, { type: 'generate_ok', id: `${node.id}-${count}` });
});
node.run();
