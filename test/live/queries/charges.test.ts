/**
 * A service with `pg` that charges twice if the answer to a commit is lost: found on a real PostgreSQL, which is
 * brought back from a template before each experiment.
 */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchLive } from '../../../src/experiments/search.js';
import { parseLiveConfig } from '../../../src/live/http/config.js';
import { optionsOf } from '../../../src/live/http/options.js';
import { HttpSystem } from '../../../src/live/http/system.js';
import { freePorts } from '../free-port.js';
import { PRELOAD, startProgram } from '../programs/start.js';
import type { Running } from '../shop/service.js';
import { type Server, startPostgres } from '../state/servers.js';

let postgres: Server;
let service: Running;
let system: HttpSystem;

const address = (database: string): string => `postgres://postgres@127.0.0.1:${postgres.port}/${database}`;
const psql = (database: string, statement: string): string =>
  execFileSync('psql', [address(database), '-XqAt', '-c', statement], { encoding: 'utf8' }).trim();

beforeAll(async () => {
  postgres = await startPostgres();
  psql('postgres', 'create database seed');
  psql('seed', 'create table charges (amount int)');
  psql('postgres', 'create database shop template seed');
  const [deskPort] = await freePorts(1);
  const env = { PG_URL: address('shop'), LDFI_DESK: `127.0.0.1:${deskPort}` };
  service = await startProgram(['--import', PRELOAD, 'charges.js'], env);
  const parsed = parseLiveConfig(`
databases:
  orders-db: { library: pg, address: localhost:${postgres.port} }
deskPort: ${deskPort}
entry: { url: "http://127.0.0.1:${service.port}/", method: POST }
never: calls.filter(c, c.service == "orders-db" && c.method == "COMMIT" && c.status == 200).size() > 1
reset: { pgTemplate: "${address('shop')}", template: seed }
`);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  system = new HttpSystem(optionsOf(parsed.config));
  await system.open();
});
afterAll(async () => {
  await system?.close();
  await service?.close();
  await postgres?.close();
});

test('a commit whose answer is lost is made again', async () => {
  await system.rehearse();
  const verdict = await searchLive(system, { maxFaults: 1, lineage: false });
  expect(verdict.reasons).toEqual([]);
  expect(verdict.baseline?.calls.map(({ id }) => id.replace(/ [0-9a-f]{6}(?= #)/, ''))).toEqual([
    'orders-db BEGIN transaction #1',
    'orders-db INSERT charges #1',
    'orders-db COMMIT transaction #1',
  ]);
  expect(verdict.counterexamples).toMatchObject([
    {
      faults: [{ call: 'orders-db COMMIT transaction #1', kind: 'lost' }],
      ...{ minimal: true, reproduced: 3, attempts: 3 },
    },
  ]);
  const [found] = verdict.counterexamples;
  const { answer } = await system.run(found?.faults ?? []);
  expect(answer.status).toBe(201);
  expect(psql('shop', 'select amount from charges')).toBe('42\n42');
  await system.run([]);
  expect(psql('shop', 'select amount from charges')).toBe('42');
});
