/**
 * The program that `kinds.ts` starts: one search, the first of its process, as one line of JSON.
 */
import { searchedHere } from './kinds.js';

process.stdout.write(JSON.stringify(await searchedHere(process.argv[2] ?? '')));
