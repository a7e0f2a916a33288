/**
 * A first configuration, drawn up from a trace.
 */
import { stringify } from 'yaml';
import type { TracedRequest } from './calls.js';

/** The first port of a proxy. */
const FIRST = 14_001;

/** A service's name as the configuration has them. */
const nameOf = (text: string): string => text.replace(/[^\w.-]/g, '-').replace(/^[^A-Za-z]+/, '') || 'service';

/** The text of `ldfi.live.yaml`. Where the trace does not say an address, one is to be filled in. */
export function draftOf({ edge, calls }: TracedRequest): string {
  const hosts = new Map<string, string | undefined>();
  for (const { service, host } of calls) hosts.set(nameOf(service), hosts.get(nameOf(service)) ?? host);
  const services = [...hosts].map(([name, host], i) => [name, { url: `http://${local(host)}`, port: FIRST + i }]);
  const entry = {
    url: `http://${local(edge?.host)}${edge?.target ?? '/'}`,
    method: edge?.method ?? 'GET',
  };
  const config = { services: Object.fromEntries(services), entry, expect: 'answer.status == 200' };
  return `# Drawn up from a trace: see whether each address is one at which this machine reaches the service.\n${stringify(config)}`;
}

/** Names of containers mean nothing on this machine; their ports may. */
function local(host = '127.0.0.1:3000'): string {
  const port = /:(\d+)$/.exec(host)?.[1];
  return `127.0.0.1${port === undefined ? '' : `:${port}`}`;
}
