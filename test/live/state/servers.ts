/**
 * Real database servers for tests: on this machine only, with their files in a temporary folder, ended at the end.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { globSync } from 'tinyglobby';
import { freePorts } from '../free-port.js';

export interface Server {
  readonly port: number;
  close(): Promise<void>;
}

export async function startRedis(): Promise<Server> {
  const [port = 0] = await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-redis-'));
  const options = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no' };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return running(spawn('redis-server', words, { stdio: 'ignore' }), port, folder);
}

/** Everybody on this machine may connect, as `postgres`. */
export async function startPostgres(): Promise<Server> {
  const [port = 0] = await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-postgres-'));
  const [initdb = 'initdb'] = globSync('/usr/lib/postgresql/*/bin/initdb');
  // It refuses to run as root.
  const as = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
  if (as.length > 0) execFileSync('chown', ['postgres', folder]);
  chmodSync(folder, 0o700);
  const run = (program: string, ...rest: string[]): [string, string[]] => {
    const [first = program, ...others] = [...as, program, ...rest];
    return [first, others];
  };
  const data = join(folder, 'data');
  const made = run(initdb, '--pgdata', data, '--username=postgres', '--auth=trust', '--no-sync', '--encoding=UTF8');
  execFileSync(...made, { stdio: 'ignore', cwd: folder });
  const server = run(
    initdb.replace(/initdb$/, 'postgres'),
    ...['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1', '-c', 'fsync=off'],
  );
  const ready = initdb.replace(/initdb$/, 'pg_isready');
  return running(spawn(...server, { stdio: 'ignore', cwd: folder, detached: true }), port, folder, async () => {
    // It accepts connections before it can do anything with them.
    return spawnSync(ready, ['-h', '127.0.0.1', '-p', String(port), '-q']).status === 0;
  });
}

async function running(
  child: ChildProcess,
  port: number,
  folder: string,
  isReady: () => Promise<boolean> = () => accepts(port),
): Promise<Server> {
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
    child.on('error', () => resolve());
  });
  const close = async (): Promise<void> => {
    // At once, and with all of its processes.
    if (child.pid !== undefined && child.exitCode === null)
      process.kill(child.spawnfile === 'redis-server' ? child.pid : -child.pid, 'SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 600 && child.exitCode === null; tries++) {
    if (await isReady()) return { port, close };
    await wait(50);
  }
  await close();
  throw new Error(`${child.spawnfile} does not start`);
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
