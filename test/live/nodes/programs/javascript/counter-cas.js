/**
 * A counter under one key of a store, `seq-kv` unless another one is named, changed by cas. If the store says that the
 * value is another one, a node takes it that an earlier try of its own has changed it, and only the answer was lost. So
 * it is with a store that always shows its newest value; a read of an old one loses the addition. With `--look` the node
 * looks whether its addition is there, and else tries again.
 *
 * A read asks the store, which may show an old value for long. With `--write-first` it writes something before: whoever
 * has written to `seq-kv` has seen all that came before.
 */
import { Node } from './node.js';

const looks = process.argv.includes('--look');
const writesFirst = process.argv.includes('--write-first');
const store = process.argv.slice(2).find((word) => word.endsWith('-kv')) ?? 'seq-kv';
const WAIT = 100;
const KEY = 'counter';
const node = new Node();
let count = 0;
let writes = 0;

/** Asks until there is an answer; what is asked may be done twice. */
async function ask(body) {
  for (;;) {
    const answer = await node.request(store, body, WAIT);
    if (answer) return answer;
  }
}

/** The sum, and by node how many additions are in it. */
const read = async () => (await ask({ type: 'read', key: KEY })).value ?? null;

async function add(delta, number) {
  for (;;) {
    const before = await read();
    if ((before?.additions[node.id] ?? 0) >= number) return;
    const after = { sum: (before?.sum ?? 0) + delta, additions: { ...before?.additions, [node.id]: number } };
    const cas = { type: 'cas', key: KEY, from: before, to: after, create_if_not_exists: true };
    const answer = await ask(cas);
    if (answer.type === 'cas_ok' || !looks) return;
  }
}

node.on('add', async (message) => {
  await add(message.body.delta, ++count);
  node.reply(message, { type: 'add_ok' });
});
node.on('read', async (message) => {
  if (writesFirst) await ask({ type: 'write', key: `writes of ${node.id}`, value: ++writes });
  node.reply(message, { type: 'read_ok', value: (await read())?.sum ?? 0 });
});
node.run();
