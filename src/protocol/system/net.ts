/**
 * The network as the program of a node sees it, and what becomes of what comes in.
 */
import { clonePlain, type Snapshot } from '../data/plain.js';
import { lineOf } from '../runtime/call.js';
import { isThenable } from '../runtime/run-to-completion.js';
import type { Life } from './life.js';
import type { Parcel } from './parcel.js';
import type { Net } from './types.js';

/** What `data` of a life is as a message: bytes of whatever kind at the top are bytes. */
const taken = (life: Life, data: unknown): Snapshot =>
  life.plain(ArrayBuffer.isView(data) && data instanceof Uint8Array ? new Uint8Array(data) : data, 'the message');

export function makeNet(life: Life, nodes: readonly string[]): Net {
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
    request: (to: string, data: unknown, options: RequestOptions = {}) => {
      known(to, 'net.request');
      return request(life, to, taken(life, data), options);
    },
  });
}

interface RequestOptions {
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

function request(life: Life, to: string, data: Snapshot, { timeout, signal }: RequestOptions): Promise<unknown> {
  const id = ++life.requests;
  return new Promise((resolve, reject) => {
    const giveUp = (reason: unknown): void => {
      if (life.waiting.delete(id)) reject(reason as Error);
    };
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    life.sent.push({ kind: 'request', to, id, data });
    const late =
      timeout === undefined ? undefined : life.timers.after(() => giveUp(timedOut(to, timeout)), timeout, false);
    const abort = (): void => {
      life.timers.clear(late);
      giveUp(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    life.waiting.set(id, {
      to,
      settle: (parcel) => {
        life.waiting.delete(id);
        life.timers.clear(late);
        signal?.removeEventListener('abort', abort);
        if (parcel.kind === 'error') reject(new Error(String(parcel.data.copy)));
        else resolve(clonePlain(parcel.data.copy));
      },
    });
  });
}

const timedOut = (to: string, timeout: number): Error =>
  Object.assign(new Error(`${to} has not answered within ${timeout} ms`), { name: 'TimeoutError' });

/** What a life does with what comes in, as a part of its program. */
export function deliver(life: Life, from: string, parcel: Parcel): void {
  if (parcel.kind === 'answer' || parcel.kind === 'error') {
    const waiting = life.waiting.get(parcel.id);
    if (waiting?.to === from) waiting.settle(parcel);
    return;
  }
  const { receive } = life;
  if (!receive) return;
  const hears = (): unknown => receive(Object.freeze({ from, data: clonePlain(parcel.data.copy) }));
  if (parcel.kind === 'message') {
    const result = hears();
    // Awaited by nobody: what it rejects with ends the node.
    if (isThenable(result)) void Promise.resolve(result);
    return;
  }
  const { id } = parcel;
  void answering(hears).then((answer) => {
    const kind = 'value' in answer ? 'answer' : 'error';
    const data = 'value' in answer ? taken(life, answer.value) : life.plain(lineOf(answer.error), 'the error');
    life.sent.push({ kind, to: from, id, data });
  });
}

async function answering(hears: () => unknown): Promise<{ value: unknown } | { error: unknown }> {
  try {
    return { value: await hears() };
  } catch (error) {
    return { error };
  }
}
