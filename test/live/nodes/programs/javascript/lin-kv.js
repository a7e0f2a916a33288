/**
 * A store that the first node leads: the others hand on what changes it, and read from their own copy, which the leader
 * keeps up to date with a message for each change. If that is lost, they read what is old. With `--ask-leader` they hand
 * on reads, too.
 */
import { Node } from './node.js';

const asksLeader = process.argv.includes('--ask-leader');
const WAIT = 300;
const node = new Node();
const copy = new Map();

/** The answer to a request, and whether it changes the copy. */
function decide({ type, key, value, from, to }) {
  if (type === 'write') return [{ type: 'write_ok' }, value];
  if (!copy.has(key)) return [{ type: 'error', code: 20, text: 'no such key' }];
  if (type === 'read') return [{ type: 'read_ok', value: copy.get(key) }];
  if (copy.get(key) !== from) return [{ type: 'error', code: 22, text: 'another value' }];
  return [{ type: 'cas_ok' }, to];
}

function lead(request) {
  const [answer, value] = decide(request);
  if (value === undefined) return answer;
  copy.set(request.key, value);
  for (const other of node.others) node.send(other, { type: 'copy', key: request.key, value });
  return answer;
}

async function handle(message) {
  const { msg_id: _, ...request } = message.body;
  const [leader] = node.ids;
  if (node.id === leader) return node.reply(message, lead(request));
  if (request.type === 'read' && !asksLeader) return node.reply(message, decide(request)[0]);
  const answer = await node.request(leader, { type: 'hand on', request }, WAIT);
  // Nobody knows whether it took effect.
  node.reply(message, answer ? answer.answer : { type: 'error', code: 0, text: 'no answer of the leader' });
}

for (const type of ['read', 'write', 'cas']) node.on(type, handle);
node.on('hand on', (message) => node.reply(message, { type: 'done', answer: lead(message.body.request) }));
node.on('copy', ({ body }) => copy.set(body.key, body.value));
node.run();
