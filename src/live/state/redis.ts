/**
 * Emptying a Redis database between experiments, in the protocol of Redis itself (RESP), which needs no client.
 *
 * ```ts
 * await flushRedis(new URL('redis://127.0.0.1:6379/2'), 5_000);
 * ```
 */
import { connect } from 'node:net';
import { SystemFailure } from '../../experiments/experiment.js';

/**
 * Empties one database; others on the same server stay as they are.
 * @param url `redis://[user:password@]host:port/[number]`
 * @param timeoutMs milliseconds
 * @throws SystemFailure if that does not work; the signal's reason when it is aborted
 */
export function flushRedis(url: URL, timeoutMs: number, signal?: AbortSignal): Promise<void> {
  const commands = commandsOf(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port || 6379), url.hostname.replace(/^\[|\]$/g, ''));
    const finish = (error?: unknown): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    const fail = (why: string): void => finish(new SystemFailure(`the reset failed: ${url.host} ${why}`));
    const abort = (): void => finish(signal?.reason);
    const timer = setTimeout(() => fail(`did not answer within ${timeoutMs} ms`), timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    let said = '';
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      said += piece;
      const answers = said.split('\r\n').slice(0, -1);
      const refusal = answers.find((answer) => answer.startsWith('-'));
      if (refusal !== undefined) fail(`answered: ${refusal.slice(1)}`);
      else if (answers.length >= commands.length) finish();
    });
    socket.on('error', ({ message }) => fail(`cannot be reached (${message})`));
    socket.on('close', () => fail('closed the connection'));
    socket.write(commands.map(encoded).join(''));
    if (signal?.aborted) abort();
  });
}

function commandsOf({ username, password, pathname }: URL): string[][] {
  const [user, secret] = [username, password].map(decodeURIComponent) as [string, string];
  const number = pathname.slice(1);
  return [
    ...(secret === '' ? [] : [user === '' ? ['AUTH', secret] : ['AUTH', user, secret]]),
    ...(number === '' ? [] : [['SELECT', number]]),
    ['FLUSHDB'],
  ];
}

/** A command as an array of strings, each with its length in bytes. */
const encoded = (words: readonly string[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
