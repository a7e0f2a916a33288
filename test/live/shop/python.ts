/**
 * Starts the service in Python.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Running } from './service.js';

/** @param port 0 for one that the system chooses */
export async function startRecommendations(catalog: string, port = 0): Promise<Running> {
  const script = fileURLToPath(new URL('recommendations.py', import.meta.url));
  const child = spawn('python3', [script, String(port)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, CATALOG_URL: catalog, no_proxy: '*' },
  });
  const ended = once(child, 'exit');
  const [said] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer];
  return {
    port: Number(String(said)),
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
