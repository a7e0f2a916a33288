/**
 * Ports that are free now, for what has to be told its port before it starts.
 *
 * They are none that the system gives to connections or to who asks for any port: those could be taken meanwhile, by
 * tests that run beside this one. Each process begins at a place of its own.
 */
import { createServer } from 'node:net';

const [FIRST, LAST] = [20_000, 32_000];
let next = FIRST + ((process.pid * 97) % (LAST - FIRST));

export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    if (await isFree(next)) ports.push(next);
    next = next < LAST ? next + 1 : FIRST;
  }
  return ports;
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((done) => {
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
