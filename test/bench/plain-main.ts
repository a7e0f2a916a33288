/**
 * The process that measures plain executions, bundled by `bundlePlain` together with the protocols.
 */
import type { AnyProtocol } from '../../src/protocol/types.js';
import { plainMain } from './plain.js';

await plainMain(
  process.argv[2] ?? '',
  // The bundler takes in every file that this may name.
  async (file) => ((await import(`../../specs/typescript/${file}.ts`)) as { default: AnyProtocol }).default,
);
