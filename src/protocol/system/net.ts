/**
 * The network as the program of a node sees it, and what becomes of what comes in.
 */
import { clonePlain, type Snapshot } from '../data/plain.js';
import { lineOf } from '../runtime/call.js';
import { isThenable } from '../runtime/run-to-completion.js';
import { makeFetch, served } from './http.js';
import type { Life } from './life.js';
import type { Parcel } from './parcel.js';
import { type AskOptions, ask } from './requests.js';
import type { Net } from './types.js';

/** What `data` of a life is as a message: bytes of whatever kind at the top are bytes. */
const taken = (life: Life, data: unknown): Snapshot =>
  life.plain(ArrayBuffer.isView(data) && data instanceof Uint8Array ? new Uint8Array(data) : data, 'the message');

export function makeNet(life: Life, nodes: readonly string[]): Net {
  life.fetch = makeFetch(life, nodes);
  const known = (to: string, what: string): void => {
    life.effect(what);
    if (!nodes.includes(to))
      life.refuse('bad-protocol', `${what} to "${String(to)}", which is not one of the nodes ${nodes.join(', ')}`);
  };
  return Object.freeze({
    send: (to: string, data: unknown) => {
      known(to, 'net.send');
      life.sent.push({ kind: 'message', to, data: taken(life, data) });
    },
    broadcast: (data: unknown) => {
      life.effect('net.broadcast');
      const message = taken(life, data);
      for (const to of nodes) if (to !== life.id) life.sent.push({ kind: 'message', to, data: message });
    },
    on: (receive: Life['receive']) => {
      life.effect('net.on');
      if (typeof receive !== 'function') life.refuse('bad-protocol', 'net.on takes a function: ({ from, data }) => …');
      life.receive = receive;
    },
    request: (to: string, data: unknown, options: AskOptions = {}) => {
      known(to, 'net.request');
      return ask(life, { kind: 'request', via: 'net', to, data: taken(life, data) }, options);
    },
    serve: (answer: Life['serve']) => {
      life.effect('net.serve');
      if (typeof answer !== 'function')
        life.refuse('bad-protocol', 'net.serve takes a function: (request) => new Response(…)');
      life.serve = answer;
    },
  });
}

/** What a life does with what comes in, as a part of its program. */
export function deliver(life: Life, from: string, parcel: Parcel): void {
  if (parcel.kind === 'answer' || parcel.kind === 'error') {
    const waiting = life.waiting.get(parcel.id);
    if (waiting?.to === from) waiting.settle(parcel);
    return;
  }
  if (parcel.kind === 'request' && parcel.via === 'http') {
    answer(life, from, parcel.id, () => served(life, parcel.data.copy));
    return;
  }
  const { receive } = life;
  if (!receive) return;
  const hears = (): unknown => receive(Object.freeze({ from, data: clonePlain(parcel.data.copy) }));
  if (parcel.kind === 'request') {
    answer(life, from, parcel.id, hears);
    return;
  }
  const result = hears();
  // Awaited by nobody: what it rejects with ends the node.
  if (isThenable(result)) void Promise.resolve(result);
}

/** Sends the answer to a request once there is one, or what was thrown instead. */
function answer(life: Life, to: string, id: number, make: () => unknown): void {
  void made(make).then((it) => {
    const kind = 'value' in it ? 'answer' : 'error';
    const data = 'value' in it ? taken(life, it.value) : life.plain(lineOf(it.error), 'the error');
    life.sent.push({ kind, to, id, data });
  });
}

async function made(make: () => unknown): Promise<{ value: unknown } | { error: unknown }> {
  try {
    return { value: await make() };
  } catch (error) {
    return { error };
  }
}
