/**
 * Numbers that nodes vote for: one is given out if nobody objects and two of five nodes agree, which is one too few. In
 * a split of two and three both sides give out the same number; a single node that is cut off never does. With
 * `--majority` three have to agree.
 */
import { Node } from './node.js';

const WAIT = 400;
const node = new Node();
const owners = new Map();
const needed = () => Math.floor(node.ids.length / 2) + (process.argv.includes('--majority') ? 1 : 0);

/** Whether a number may be given to a node. */
function vote(number, owner) {
  if (!owners.has(number)) owners.set(number, owner);
  return owners.get(number) === owner;
}

node.on('claim', (message) => {
  node.reply(message, { type: 'vote', agrees: vote(message.body.number, message.src) });
});
node.on('generate', async (message) => {
  for (;;) {
    const number = owners.size + 1;
    vote(number, node.id);
    const votes = await Promise.all(node.others.map((other) => node.request(other, { type: 'claim', number }, WAIT)));
    if (votes.some((answer) => answer?.agrees === false)) continue;
    if (1 + votes.filter((answer) => answer?.agrees).length >= needed())
      return node.reply(message, { type: 'generate_ok', id: number });
    return node.reply(message, { type: 'error', code: 11, text: 'too few nodes answer' });
  }
});
node.run();
