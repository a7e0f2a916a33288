/**
 * The connection to the Redis of a queue. Its URL may hold a password, which is never said: only host and port are.
 */
import type { Redis } from 'ioredis';
import { LdfiError } from '../../core/invariant.js';
import { complain } from '../io/terminal.js';

/** All units of everybody are in one queue, which the workers listen to. */
export const QUEUE = 'ldfi';

/** Milliseconds between two tries to connect, at most. */
const SLOWEST = 2_000;

export interface Link {
  /** Host and port, as people see them. */
  readonly where: string;
  readonly options: Address & { maxRetriesPerRequest: null; retryStrategy: (times: number) => number };
  readonly redis: Redis;
  readonly bull: typeof import('bullmq');
}

/**
 * Connects, and from then on connects again as often as the connection is lost, which is said.
 * @throws LdfiError 'bad-options' for what is no URL, for a missing package, or if nobody answers
 */
export async function link(url: string): Promise<Link> {
  const { where, ...address } = addressOf(url);
  const { bull, Redis } = await packages();
  const first = new Redis({ ...address, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  let trouble: unknown;
  first.on('error', (error) => {
    trouble ??= error;
  });
  try {
    await first.connect();
    await first.ping();
  } catch (error) {
    throw new LdfiError(
      'bad-options',
      `cannot use the Redis at ${where}: ${reasonOf(trouble ?? error, address.password)}`,
    );
  } finally {
    first.disconnect();
  }
  const options = {
    ...address,
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => Math.min(100 * times, SLOWEST),
  };
  const redis = new Redis(options);
  let isLost = false;
  redis.on('error', () => undefined);
  redis.on('reconnecting', () => {
    if (!isLost) complain(`warning: the connection to the Redis at ${where} is lost; waiting for it\n`);
    isLost = true;
  });
  redis.on('ready', () => {
    if (isLost) complain(`note: the Redis at ${where} is there again\n`);
    isLost = false;
  });
  return { where, options, redis, bull };
}

interface Address {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: object;
}

function addressOf(url: string): Address & { readonly where: string } {
  let parsed: URL | undefined;
  try {
    parsed = new URL(url);
  } catch {
    // Said below, without what was given: there may be a password in it.
  }
  if (!parsed || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === '' || !/^(?:\/\d*)?$/.test(parsed.pathname))
    throw new LdfiError(
      'bad-options',
      '--queue takes a URL like redis://host:6379 or rediss://user:password@host:6379/0',
    );
  const { hostname, protocol, pathname } = parsed;
  const port = Number(parsed.port || 6379);
  return {
    where: `${hostname}:${port}`,
    host: hostname.replace(/^\[|\]$/g, ''),
    port,
    db: Number(pathname.slice(1) || 0),
    ...(parsed.username !== '' && { username: decodeURIComponent(parsed.username) }),
    ...(parsed.password !== '' && { password: decodeURIComponent(parsed.password) }),
    ...(protocol === 'rediss:' && { tls: {} }),
  };
}

async function packages() {
  try {
    const [bull, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { bull, Redis };
  } catch (error) {
    if (!/MODULE_NOT_FOUND$/.test((error as { code?: string }).code ?? '')) throw error;
    throw new LdfiError('bad-options', '--queue needs two packages beside ldfi: npm install --save-dev bullmq ioredis');
  }
}

function reasonOf(error: unknown, password: string | undefined): string {
  const { code, message } = error as { code?: string; message?: string };
  const reason = message || code || String(error);
  return password ? reason.replaceAll(password, '…') : reason;
}
