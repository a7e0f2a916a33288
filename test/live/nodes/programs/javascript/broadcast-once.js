/**
 * Broadcast without a retry: a node tells each of the others once. One lost message is one too many. With
 * `--die-without-news` a node that misses a value when it is read dies.
 */
import { Node } from './node.js';

const node = new Node();
const values = new Set();
node.on('topology', (message) => node.reply(message, { type: 'topology_ok' }));
node.on('read', (message) => {
  if (values.size < node.ids.length && process.argv.includes('--die-without-news')) {
    console.error('no news');
    process.exit(5);
  }
  node.reply(message, { type: 'read_ok', messages: [...values] });
});
node.on('tell', ({ body }) => values.add(body.message));
node.on('broadcast', (message) => {
  const value = message.body.message;
  values.add(value);
  for (const other of node.others) node.send(other, { type: 'tell', message: value });
  node.reply(message, { type: 'broadcast_ok' });
});
node.run();
