/**
 * The request with which every experiment begins, and its answer.
 */
import { request } from 'node:http';
import { request as secureRequest } from 'node:https';

export interface Entry {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly timeoutMs: number;
}

/** What came back. */
export interface Answer {
  /** 0 if there was none. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body read as JSON; undefined if it is none. */
  readonly json: unknown;
  /** Milliseconds until it was complete. */
  readonly ms: number;
  /** Why there was none. */
  readonly error: string | undefined;
}

/** Largest answer that is read, in bytes. */
const LARGEST = 16 * 1024 * 1024;

/** @param extra headers that tell the experiment. @throws the signal's reason when it is aborted */
export function ask(entry: Entry, extra: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Answer> {
  const { url, method, headers, body, timeoutMs } = entry;
  const started = performance.now();
  const send = url.protocol === 'https:' ? secureRequest : request;
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    let head: { status: number; headers: Record<string, string> } = { status: 0, headers: {} };
    const finish = (error?: string): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      asked.destroy();
      const text = Buffer.concat(pieces).toString();
      const ms = performance.now() - started;
      resolve({ ...(error === undefined ? head : { ...head, status: 0 }), body: text, json: jsonOf(text), ms, error });
    };
    const abort = (): void => {
      clearTimeout(timer);
      asked.destroy();
      reject(signal?.reason);
    };
    const timer = setTimeout(() => finish(`no answer within ${timeoutMs} ms`), timeoutMs);
    // A connection of its own, so that one experiment cannot disturb the next.
    const asked = send(url, { method, agent: false, headers: { ...headers, ...extra, ...lengthOf(body) } });
    asked.on('error', ({ message }) => finish(message));
    asked.on('response', (answer) => {
      head = { status: answer.statusCode ?? 0, headers: flat(answer.headers) };
      answer.on('data', (piece: Buffer) => {
        size += piece.length;
        if (size > LARGEST) finish('the answer is larger than 16 MiB');
        else pieces.push(piece);
      });
      answer.on('end', () => finish(answer.complete ? undefined : 'the answer was cut off'));
      answer.on('error', ({ message }) => finish(message));
    });
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    asked.end(body);
  });
}

const lengthOf = (body: string | undefined): Record<string, string> =>
  body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };

const flat = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]));

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
