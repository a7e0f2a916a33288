/**
 * The system that a configuration describes.
 *
 * ```ts
 * const system = new HttpSystem(optionsOf(config, dirname(file)));
 * ```
 */
import { resolve } from 'node:path';
import { type LiveConfig, LOOPBACK } from './config.js';
import type { PRECISIONS } from './identity.js';
import { expressionOf } from './promise.js';
import type { HttpSystemOptions } from './system.js';

/**
 * What a valid configuration makes of a system.
 * @param folder that paths in it are relative to
 */
export function optionsOf(config: LiveConfig, folder = '.'): HttpSystemOptions {
  const { entry, reset } = config;
  const expression = (text: string | undefined) => {
    const read = text === undefined ? undefined : expressionOf(text);
    return read && 'isTrue' in read ? read : undefined;
  };
  const json = entry.json === undefined ? {} : { 'content-type': 'application/json' };
  return {
    services: Object.entries(config.services).map(([name, { url, port, protocol, required, unsafe }]) => ({
      name,
      protocol,
      url: new URL(url),
      port,
      required,
      isOwn: unsafe || LOOPBACK.test(new URL(url).hostname),
    })),
    queries: queriesOf(config),
    toxiproxy: config.toxiproxy && { ...config.toxiproxy, url: new URL(config.toxiproxy.url) },
    host: config.listen,
    entry: {
      url: new URL(entry.url),
      method: entry.method,
      headers: { ...json, ...entry.headers },
      body: entry.json === undefined ? entry.body : JSON.stringify(entry.json),
      timeoutMs: entry.timeoutMs,
    },
    promises: {
      expect: expression(config.expect),
      never: expression(config.never),
      file: config.promise === undefined ? undefined : resolve(folder, config.promise),
    },
    kinds: config.kinds,
    settings: config.faults,
    exclusive: config.exclusive,
    parallel: config.parallel,
    lingerMs: config.lingerMs,
    settleMs: config.settleMs,
    reset: resetOf(reset, config.health),
    health: config.health === undefined ? undefined : new URL(config.health),
    recoveryMs: config.recoveryMs,
    identity: new Map(Object.entries(config.identity) as [string, (typeof PRECISIONS)[number]][]),
  };
}

function queriesOf({ databases, deskPort }: LiveConfig): HttpSystemOptions['queries'] {
  const named = Object.entries(databases).map(([name, database]) => ({ name, ...database }));
  return named.length > 0 ? { port: deskPort, databases: named } : undefined;
}

function resetOf(reset: LiveConfig['reset'], health: string | undefined): HttpSystemOptions['reset'] {
  if (reset === 'none') return { kind: 'none' };
  const { timeoutMs } = reset;
  if ('command' in reset) return { kind: 'command', words: reset.command, timeoutMs };
  if ('http' in reset) return { kind: 'http', url: new URL(reset.http), method: reset.method, timeoutMs };
  if ('redisFlush' in reset) return { kind: 'redis-flush', url: new URL(reset.redisFlush), timeoutMs };
  if ('pgTemplate' in reset)
    return { kind: 'pg-template', url: new URL(reset.pgTemplate), template: reset.template, timeoutMs };
  return { kind: 'anew', words: reset.restart, timeoutMs, health: new URL(health ?? '') };
}
