/**
 * Logs in `lin-kv`: a node takes the next offset, answers, and stores the record afterwards, once. If that is lost, so is
 * a record that was acknowledged. With `--store-first` it stores before it answers.
 */
import { Node } from './node.js';

const storesFirst = process.argv.includes('--store-first');
const WAIT = 300;
const node = new Node();

/** Asks until there is an answer; what is asked may be done twice. */
async function ask(body) {
  for (;;) {
    const answer = await node.request('lin-kv', body, WAIT);
    if (answer) return answer;
  }
}

const read = async (key) => (await ask({ type: 'read', key })).value;

/** The next offset: each is taken by one record, or by none. */
async function nextOffset(key) {
  for (;;) {
    const next = (await read(`next ${key}`)) ?? 0;
    const cas = { type: 'cas', key: `next ${key}`, from: next, to: next + 1, create_if_not_exists: true };
    if ((await ask(cas)).type === 'cas_ok') return next;
  }
}

node.on('send', async (message) => {
  const { key, msg } = message.body;
  const offset = await nextOffset(key);
  const record = { type: 'write', key: `record ${key} ${offset}`, value: msg };
  if (storesFirst) await ask(record);
  else node.send('lin-kv', record);
  node.reply(message, { type: 'send_ok', offset });
});
node.on('poll', async (message) => {
  const msgs = {};
  for (const [key, from] of Object.entries(message.body.offsets)) {
    msgs[key] = [];
    const end = (await read(`next ${key}`)) ?? 0;
    for (let offset = from; offset < end; offset++) {
      const msg = await read(`record ${key} ${offset}`);
      if (msg !== undefined) msgs[key].push([offset, msg]);
    }
  }
  node.reply(message, { type: 'poll_ok', msgs });
});
node.on('commit_offsets', async (message) => {
  for (const [key, offset] of Object.entries(message.body.offsets))
    for (;;) {
      const before = await read(`committed ${key}`);
      if (before !== undefined && before >= offset) break;
      const cas = {
        type: 'cas',
        key: `committed ${key}`,
        from: before ?? null,
        to: offset,
        create_if_not_exists: true,
      };
      if ((await ask(cas)).type === 'cas_ok') break;
    }
  node.reply(message, { type: 'commit_offsets_ok' });
});
node.on('list_committed_offsets', async (message) => {
  const offsets = {};
  for (const key of message.body.keys) {
    const offset = await read(`committed ${key}`);
    if (offset !== undefined) offsets[key] = offset;
  }
  node.reply(message, { type: 'list_committed_offsets_ok', offsets });
});
node.run();
