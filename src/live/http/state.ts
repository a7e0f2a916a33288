/**
 * The state of the services: bringing it back before an experiment, and seeing whether they still work.
 */
import { spawn } from 'node:child_process';
import { SystemFailure } from '../../experiments/experiment.js';
import { ask } from './entry.js';

export type Reset =
  | { readonly kind: 'none' }
  /** A command with its words; no shell. */
  | { readonly kind: 'command'; readonly words: readonly string[]; readonly timeoutMs: number }
  | { readonly kind: 'http'; readonly method: string; readonly url: URL; readonly timeoutMs: number }
  /** A command that starts services anew, which takes until they are healthy. */
  | { readonly kind: 'restart'; readonly words: readonly string[]; readonly timeoutMs: number; readonly health: URL };

/** @throws SystemFailure if the state cannot be brought back; the signal's reason when it is aborted */
export async function resetState(reset: Reset, signal?: AbortSignal): Promise<void> {
  if (reset.kind === 'none') return;
  if (reset.kind === 'http') {
    const { url, method, timeoutMs } = reset;
    const answer = await ask({ url, method, headers: {}, body: undefined, timeoutMs }, {}, signal);
    if (!isGood(answer.status)) throw new SystemFailure(`the reset failed: ${method} ${url} gave ${inWords(answer)}`);
    return;
  }
  await command(reset.words, reset.timeoutMs, signal);
  if (reset.kind === 'restart' && !(await isHealthy(reset.health, reset.timeoutMs, signal)))
    throw new SystemFailure(`the services are not healthy ${reset.timeoutMs} ms after the restart`);
}

/** Whether an address answers 2xx within a time, in milliseconds; asked again and again. */
export async function isHealthy(url: URL, withinMs: number, signal?: AbortSignal): Promise<boolean> {
  const until = performance.now() + withinMs;
  for (;;) {
    const timeoutMs = Math.max(1, until - performance.now());
    const { status } = await ask({ url, method: 'GET', headers: {}, body: undefined, timeoutMs }, {}, signal);
    if (isGood(status)) return true;
    if (performance.now() >= until) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
    signal?.throwIfAborted();
  }
}

const isGood = (status: number): boolean => status >= 200 && status < 300;

const inWords = ({ status, error }: { status: number; error: string | undefined }): string => error ?? `${status}`;

/** Runs a command to its end; with it go all processes that it has started. */
function command(words: readonly string[], timeoutMs: number, signal: AbortSignal | undefined): Promise<void> {
  const [program = '', ...rest] = words;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: ['ignore', 'ignore', 'pipe'], detached: process.platform !== 'win32' });
    let said = '';
    child.stderr.on('data', (piece: Buffer) => {
      said = (said + piece.toString()).slice(-500);
    });
    const kill = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
      } catch {
        // It is gone already.
      }
    };
    const fail = (why: string): void => {
      const detail = said.trim() === '' ? '' : `: ${said.trim()}`;
      reject(new SystemFailure(`the reset failed: ${words.join(' ')} ${why}${detail}`));
    };
    const timer = setTimeout(() => {
      kill();
      fail(`did not end within ${timeoutMs} ms`);
    }, timeoutMs);
    const abort = (): void => {
      kill();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    child.on('error', ({ message }) => {
      done();
      fail(`cannot be started (${message})`);
    });
    child.on('close', (code) => {
      done();
      if (code === 0) resolve();
      else fail(`ended with exit code ${code}`);
    });
  });
}
