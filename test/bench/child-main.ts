/**
 * The program that `child.ts` starts.
 */
import { childMain } from './child.js';

await childMain(process.argv[2] ?? '');
