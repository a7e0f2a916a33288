/**
 * Opening a server at an address, as a promise.
 */
import type { Server } from 'node:net';

/** @param port 0 for one that the system chooses. @throws the system's error if that is not to be had */
export function listenAt(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
