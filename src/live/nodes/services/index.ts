/**
 * The services, by the name that nodes send to. A further service is one file and one line here.
 */
import { KeyValue } from './key-value.js';
import type { Service } from './service.js';
import { Timestamps } from './timestamps.js';

const SERVICES: Readonly<Record<string, () => Service>> = {
  'seq-kv': () => new KeyValue(),
  'lin-kv': () => new KeyValue(),
  'lww-kv': () => new KeyValue(),
  'lin-tso': () => new Timestamps(),
};

export const isService = (name: string): boolean => Object.hasOwn(SERVICES, name);

/** All services, with nothing in them. */
export const freshServices = (): ReadonlyMap<string, Service> =>
  new Map(Object.entries(SERVICES).map(([name, create]) => [name, create()]));
