/**
 * The services, by the name that nodes send to. A further one is one file and one line here.
 */
import { type Consistency, lastWriterWins, linearizable, sequential } from './consistency.js';
import { KeyValue } from './key-value.js';
import type { Service } from './service.js';
import { Timestamps } from './timestamps.js';

/** The stores, each with what it promises. */
const STORES: ReadonlyMap<string, () => Consistency> = new Map([
  ['seq-kv', sequential],
  ['lin-kv', linearizable],
  ['lww-kv', lastWriterWins],
]);

const SERVICES: Readonly<Record<string, () => Service>> = {
  ...Object.fromEntries([...STORES].map(([name, consistency]) => [name, () => new KeyValue(consistency())])),
  'lin-tso': () => new Timestamps(),
};

export const isService = (name: string): boolean => Object.hasOwn(SERVICES, name);

/** Whether a service may answer requests of a type from an old state. */
export const mayBeStale = (service: string, type: string): boolean =>
  STORES.get(service)?.().old.includes(type) ?? false;

/** All services, with nothing in them. */
export const freshServices = (): ReadonlyMap<string, Service> =>
  new Map(Object.entries(SERVICES).map(([name, create]) => [name, create()]));
