/**
 * The shop with OpenTelemetry: in a process of its own, without any code for headers.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Program, startProgram } from '../programs/start.js';
import type { Addresses, Services } from './shop.js';

/** @param sampler whether everything is sampled, or nothing */
export async function startTracedShop(addresses: Addresses, sampler: 'on' | 'off'): Promise<Services> {
  const folder = mkdtempSync(join(tmpdir(), 'ldfi-shop-'));
  const outfile = join(folder, 'shop.cjs');
  // OpenTelemetry takes hold of what is loaded by `require`.
  await build({
    entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
    outfile,
    ...{ bundle: true, format: 'cjs', platform: 'node', logLevel: 'error' },
  });
  const telemetry = fileURLToPath(new URL('../programs/telemetry.cjs', import.meta.url));
  const program: Program = await startProgram(['--require', telemetry, outfile, JSON.stringify(addresses)], {
    SAMPLER: sampler,
  });
  const [edge = 0, catalog = 0, stock = 0, payments = 0] = JSON.parse(program.said) as number[];
  return {
    edge: { port: edge },
    catalog: { port: catalog },
    stock: { port: stock },
    payments: { port: payments },
    close: async () => {
      await program.close();
      rmSync(folder, { recursive: true });
    },
  };
}
