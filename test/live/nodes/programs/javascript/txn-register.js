/**
 * Registers under one key of `lin-kv`: a transaction reads them all, changes some, and writes them all back, again and
 * again until that is answered. What others wrote meanwhile is gone. With `--cas` it writes only over what it has read,
 * and else begins anew; what is done is written down with it, so that it knows its own write again.
 */
import { Node } from './node.js';

const usesCas = process.argv.includes('--cas');
const WAIT = 300;
const KEY = 'registers';
const node = new Node();
let count = 0;

/** Asks until there is an answer; what is asked may be done twice. */
async function ask(body) {
  for (;;) {
    const answer = await node.request('lin-kv', { ...body, key: KEY }, WAIT);
    if (answer) return answer;
  }
}

function apply(steps, registers) {
  const after = { ...registers };
  const results = steps.map(([kind, key, value]) => {
    if (kind === 'r') return [kind, key, after[key] ?? null];
    after[key] = value;
    return [kind, key, value];
  });
  return { after, results };
}

async function transact(name, steps) {
  for (;;) {
    const { value: before } = await ask({ type: 'read' });
    if (before?.done[name]) return before.done[name];
    const { after, results } = apply(steps, before?.registers ?? {});
    if (steps.every(([kind]) => kind === 'r')) return results;
    const value = { registers: after, done: { ...before?.done, [name]: results } };
    const cas = { type: 'cas', from: before ?? null, to: value, create_if_not_exists: true };
    const answer = await ask(usesCas ? cas : { type: 'write', value });
    if (answer.type !== 'error') return results;
  }
}

node.on('txn', async (message) => {
  const txn = await transact(`${node.id} ${++count}`, message.body.txn);
  node.reply(message, { type: 'txn_ok', txn });
});
node.run();
