/**
 * Making a PostgreSQL database anew between experiments, as a copy of a template, by the `psql` of the machine.
 *
 * ```ts
 * await copyTemplate(new URL('postgres://127.0.0.1/shop'), 'shop_template', 5_000);
 * ```
 * `CREATE DATABASE … TEMPLATE` copies files, which is much quicker than loading rows. Connections to the database are
 * ended; services have to connect again, as they do after any restart of it.
 */
import { command } from './command.js';

/** The database that is connected to while another one is made anew. */
const MAINTENANCE = 'postgres';

/**
 * @param url of the database to be made anew
 * @param template a database that nobody is connected to
 * @param timeoutMs milliseconds
 * @throws SystemFailure if `psql` is missing or fails; the signal's reason when it is aborted
 */
export function copyTemplate(url: URL, template: string, timeoutMs: number, signal?: AbortSignal): Promise<void> {
  const database = decodeURIComponent(url.pathname.slice(1));
  const there = new URL(url);
  there.pathname = `/${MAINTENANCE}`;
  const statements = [
    `DROP DATABASE IF EXISTS ${quoted(database)} WITH (FORCE)`,
    `CREATE DATABASE ${quoted(database)} TEMPLATE ${quoted(template)}`,
  ];
  const words = ['psql', there.href, '--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1'];
  const said = statements.flatMap((statement) => ['--command', statement]);
  return command([...words, ...said], timeoutMs, signal, `psql for ${database} at ${url.host}`);
}

/** A name as SQL has it. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
