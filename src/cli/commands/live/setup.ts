/**
 * `ldfi live env`, `ldfi live compose`, `ldfi live schema`: what points services at the proxies, and what editors know
 * the configuration by.
 */
import { stringify } from 'yaml';
import { visible } from '../../../core/text.js';
import type { LiveConfig } from '../../../live/http/config.js';
import { EXIT, type ExitCode } from '../../../report/meaning.js';
import { jsonSchema } from '../../../testing/schemas.js';
import { shown } from '../../io/files.js';
import { admitted, saveText } from '../../io/outputs.js';
import { complain, print } from '../../io/terminal.js';
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
  const config = loadConfig(flags)?.config;
  if (!config) return EXIT.mistake;
  for (const [name, address] of addresses(config)) print(`${name}=${visible(address)}\n`);
  return EXIT.ok;
}

/** The host on which the containers run, as seen from within them. */
const OUTSIDE = 'host.docker.internal';

export interface ComposeFlags {
  readonly config: string;
  /** Those that call others. */
  readonly services?: readonly string[];
  /** `-` for stdout. */
  readonly output: string;
  readonly force?: boolean;
}

/** Writes a file of compose that points services at the proxies. */
export function compose(flags: ComposeFlags): ExitCode {
  const { output, force } = flags;
  const config = loadConfig(flags)?.config;
  const target = { flag: '--output', label: 'Override', path: output };
  if (!config || !admitted([target], [flags.config], force)) return EXIT.mistake;
  const environment = Object.fromEntries(addresses(config, OUTSIDE));
  const names = flags.services ?? Object.keys(config.services);
  const services = names.map((name) => [name, { environment, extra_hosts: [`${OUTSIDE}:host-gateway`] }]);
  const use = `docker compose -f compose.yaml -f ${output === '-' ? '<this file>' : shown(output)} up -d`;
  const head = `# Written by ldfi. Use it with: ${visible(use)}\n`;
  const text = `${head}${stringify({ services: Object.fromEntries(services) }, { aliasDuplicateObjects: false })}`;
  if (!saveText(output, text, 'error')) return EXIT.mistake;
  if (output !== '-')
    complain(`${visible(shown(output))} points ${names.length} services at the proxies: ${visible(use)}\n`);
  return EXIT.ok;
}

/** The JSON schema of the configuration, or of a result. */
export function schema({ result }: { readonly result?: 'live' | 'nodes' }): ExitCode {
  print(jsonSchema(result === undefined ? 'live-config' : `${result}-result`));
  return EXIT.ok;
}
