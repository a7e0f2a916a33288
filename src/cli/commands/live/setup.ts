/**
 * `ldfi live env`, `ldfi live compose`, `ldfi live schema`: what points services at the proxies, and what editors know
 * the configuration by.
 */
import { stringify } from 'yaml';
import * as z from 'zod';
import { visible } from '../../../core/text.js';
import { configSchema, type LiveConfig } from '../../../live/http/config.js';
import { EXIT, type ExitCode } from '../../../report/meaning.js';
import { print } from '../../io/terminal.js';
import { variableOf } from './doctor.js';
import { loadConfig } from './load.js';

/** Variables and addresses of all proxies, in the order of the configuration, and of the desk for queries. */
function addresses({ services, listen, databases, deskPort }: LiveConfig, host = listen): [string, string][] {
  const proxies = Object.entries(services).flatMap(([name, { env, port, url }]) => {
    const path = new URL(url).pathname.replace(/\/$/, '');
    return (env ?? [variableOf(name)]).map((variable): [string, string] => [variable, `http://${host}:${port}${path}`]);
  });
  return Object.keys(databases).length > 0 ? [...proxies, ['LDFI_DESK', `${host}:${deskPort}`]] : proxies;
}

export function env(flags: { config: string }): ExitCode {
  const config = loadConfig(flags);
  if (!config) return EXIT.mistake;
  for (const [name, address] of addresses(config)) print(`${name}=${visible(address)}\n`);
  return EXIT.ok;
}

/** The host on which the containers run, as seen from within them. */
const OUTSIDE = 'host.docker.internal';

export function compose(flags: { config: string; services?: readonly string[] }): ExitCode {
  const config = loadConfig(flags);
  if (!config) return EXIT.mistake;
  const environment = Object.fromEntries(addresses(config, OUTSIDE));
  const names = flags.services ?? Object.keys(config.services);
  const services = names.map((name) => [name, { environment, extra_hosts: [`${OUTSIDE}:host-gateway`] }]);
  print(`# Written by ldfi. Use it with: docker compose -f compose.yaml -f <this file> up -d\n`);
  print(stringify({ services: Object.fromEntries(services) }, { aliasDuplicateObjects: false }));
  return EXIT.ok;
}

/** The schema of the configuration, for editors. */
export function schema(): ExitCode {
  print(`${JSON.stringify(z.toJSONSchema(configSchema, { io: 'input' }), null, 2)}\n`);
  return EXIT.ok;
}
