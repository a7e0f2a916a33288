/**
 * A counter that goes up and down. A node tells the others what was added, until they acknowledge it: if only the
 * acknowledgement was lost, it counts twice. With `--totals` it tells how much went up and down with it in all; these
 * grow, so the larger one is the later one, and hearing it twice does no harm.
 */
import { Node } from './node.js';

const tellsTotals = process.argv.includes('--totals');
const WAIT = 300;
const node = new Node();
const totals = new Map();
const totalsOf = (id) => totals.get(id) ?? { up: 0, down: 0 };

function count(id, delta) {
  const { up, down } = totalsOf(id);
  totals.set(id, { up: up + Math.max(0, delta), down: down + Math.max(0, -delta) });
}

async function insist(other, news) {
  while (!(await node.request(other, news, WAIT)));
}

node.on('add', (message) => {
  const { delta } = message.body;
  count(node.id, delta);
  node.reply(message, { type: 'add_ok' });
  const news = tellsTotals ? { type: 'totals', ...totalsOf(node.id) } : { type: 'delta', delta };
  for (const other of node.others) insist(other, news);
});
node.on('delta', (message) => {
  count(message.src, message.body.delta);
  node.reply(message, { type: 'delta_ok' });
});
node.on('totals', (message) => {
  const { up, down } = totalsOf(message.src);
  totals.set(message.src, { up: Math.max(up, message.body.up), down: Math.max(down, message.body.down) });
  node.reply(message, { type: 'totals_ok' });
});
node.on('read', (message) => {
  const value = [...totals.values()].reduce((sum, { up, down }) => sum + up - down, 0);
  node.reply(message, { type: 'read_ok', value });
});
node.run();
