/**
 * `ldfi live` on services: what a proxy adds to a call on this machine, experiments per second on the shop of the tests,
 * and experiments that planted failure sets take.
 *
 * Caller, proxy, callee and four of the shop's five services share this process, so a loaded machine counts twice.
 */
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { searchLive } from '../../src/experiments/search.js';
import { Desk } from '../../src/live/http/desk.js';
import { Ledger } from '../../src/live/http/ledger.js';
import { newNaming } from '../../src/live/http/naming.js';
import { ServiceProxy } from '../../src/live/http/proxy.js';
import { firstHeaders, tokenOf } from '../../src/live/http/trace.js';
import { plant } from '../experiments/planted.js';
import { FRONT, openShop } from '../live/shop/open.js';
import { median } from './numbers.js';
import { ms, table } from './table.js';

export interface LiveTimes {
  /** Milliseconds of a call, medians: direct, and through the proxy. */
  readonly direct: number;
  readonly proxied: number;
  /** Experiments per second on the shop, one after the other and eight at once. */
  readonly alone: number;
  readonly eight: number;
  /** Most experiments that one of the services with planted sets took, and how many sets were missed. */
  readonly planted: { readonly services: number; readonly most: number; readonly missed: number };
}

/** Undefined if `only` leaves it out. */
export async function measureLive(quick: boolean, only: string): Promise<LiveTimes | undefined> {
  if (only !== '' && !only.startsWith('live/')) return undefined;
  const calls = await measureCalls(quick ? 500 : 3_000);
  const experiments = quick ? 40 : 200;
  const [alone, eight] = [await throughput(experiments, 1), await throughput(experiments, 8)];
  return { ...calls, alone, eight, planted: await measurePlanted(quick ? 20 : 100) };
}

/** Calls one after the other on kept connections, direct and through the proxy in turn. */
async function measureCalls(rounds: number): Promise<{ direct: number; proxied: number }> {
  const callee = createServer((incoming, response) => {
    incoming.resume();
    response.end('{"ok":true}');
  });
  await new Promise<void>((done) => callee.listen(0, '127.0.0.1', done));
  const { port } = callee.address() as AddressInfo;
  const desk = new Desk(false);
  const settings = { status: 503, delayMs: 1, hangMs: 1 };
  const proxy = new ServiceProxy({
    name: 'callee',
    url: new URL(`http://127.0.0.1:${port}`),
    desk,
    settings,
    isOwn: true,
  });
  await proxy.listen(0, '127.0.0.1');
  const agent = new Agent({ keepAlive: true });
  const [experiment, trace] = ['3f9c21d07ab4', '4bf92f3577b34da6a3ce929d0e0e4736'];
  const headers = firstHeaders(trace, '00f067aa0ba902b7', tokenOf(experiment, 0));
  const call = (to: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const asked = request({ port: to, host: '127.0.0.1', agent, headers }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(performance.now() - started));
      });
      asked.on('error', reject);
      asked.end();
    });
  const times = { direct: [] as number[], proxied: [] as number[] };
  for (let i = 0; i < rounds; i++) {
    // An experiment has some calls, not thousands.
    const ledger = new Ledger(experiment, trace, [], newNaming(), () => performance.now());
    desk.open(ledger);
    times.direct.push(await call(port));
    times.proxied.push(await call(proxy.port));
    desk.close(ledger);
  }
  agent.destroy();
  await proxy.close();
  callee.closeAllConnections();
  await new Promise((done) => callee.close(done));
  return { direct: median(times.direct), proxied: median(times.proxied) };
}

async function throughput(count: number, parallel: number): Promise<number> {
  const { system, close } = await openShop(FRONT);
  await system.rehearse();
  const { calls } = await system.run([]);
  const started = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const call = calls[next++ % calls.length];
      await system.run(call ? [{ call: call.id, kind: 'status' }] : []);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const seconds = (performance.now() - started) / 1_000;
  await close();
  return count / seconds;
}

async function measurePlanted(services: number): Promise<LiveTimes['planted']> {
  let [most, missed] = [0, 0];
  for (let seed = 1; seed <= services; seed++) {
    const { sets, system } = plant(seed);
    const { counterexamples, experiments } = await searchLive(system, { maxRuns: 200 });
    most = Math.max(most, experiments);
    missed += sets.length - counterexamples.length;
  }
  return { services, most, missed };
}

export const liveTable = ({ direct, proxied, alone, eight, planted }: LiveTimes): string =>
  table(
    ['what', 'measured'],
    [
      ['a call, direct, ms', ms(direct)],
      ['a call through a proxy, ms', ms(proxied)],
      ['experiments per second, alone', ms(alone)],
      ['experiments per second, 8 at once', ms(eight)],
      [`planted sets of ${planted.services} services that were missed`, planted.missed],
      ['most experiments for one of them', planted.most],
    ],
  );
