/**
 * Flags of V8 for the command line, which `scripts/cli.js` needs as well: code that is compiled ahead is taken only by
 * who runs with the same flags.
 *
 * Small searches end before optimised code could pay for its compilation; long ones still get it.
 */
import { setFlagsFromString } from 'node:v8';

export function setFlags() {
  // What V8 has compiled ahead it would else forget, and compile again.
  setFlagsFromString('--no-flush-bytecode');
  setFlagsFromString('--wasm-tiering-budget=20000000');
  // Later versions have no such flag, and complain of it on stderr.
  if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=270000');
}
