/**
 * The state of the services: bringing it back before an experiment, and seeing whether they still work.
 */
import { SystemFailure } from '../../experiments/experiment.js';
import { ask } from '../http/entry.js';
import { command } from './command.js';
import { copyTemplate } from './postgres.js';
import { flushRedis } from './redis.js';

export type Reset =
  | { readonly kind: 'none' }
  /** A command with its words; no shell. */
  | { readonly kind: 'command'; readonly words: readonly string[]; readonly timeoutMs: number }
  | { readonly kind: 'http'; readonly method: string; readonly url: URL; readonly timeoutMs: number }
  /** Empties a Redis database. */
  | { readonly kind: 'redis-flush'; readonly url: URL; readonly timeoutMs: number }
  /** Makes a PostgreSQL database anew, as a copy of another one. */
  | { readonly kind: 'pg-template'; readonly url: URL; readonly template: string; readonly timeoutMs: number }
  /** A command that starts services anew, which takes until they are healthy. */
  | { readonly kind: 'anew'; readonly words: readonly string[]; readonly timeoutMs: number; readonly health: URL };

/** @throws SystemFailure if the state cannot be brought back; the signal's reason when it is aborted */
export async function resetState(reset: Reset, signal?: AbortSignal): Promise<void> {
  if (reset.kind === 'none') return;
  if (reset.kind === 'http') {
    const { url, method, timeoutMs } = reset;
    const answer = await ask({ url, method, headers: {}, body: undefined, timeoutMs }, {}, signal);
    if (!isGood(answer.status)) throw new SystemFailure(`the reset failed: ${method} ${url} gave ${inWords(answer)}`);
    return;
  }
  if (reset.kind === 'redis-flush') return await flushRedis(reset.url, reset.timeoutMs, signal);
  if (reset.kind === 'pg-template') return await copyTemplate(reset.url, reset.template, reset.timeoutMs, signal);
  await command(reset.words, reset.timeoutMs, signal);
  if (reset.kind === 'anew' && !(await isHealthy(reset.health, reset.timeoutMs, signal)))
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
