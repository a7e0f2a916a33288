/**
 * Starts a service in a process of its own, which prints its port, and ends when its standard input does.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Running } from '../shop/service.js';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** As users have it. */
export const PRELOAD = path('../../../dist/live/preload/main.js');

export interface Program extends Running {
  /** Its first line. */
  readonly said: string;
}

/**
 * @param words of `node`: options, and a file's name in this folder or a path
 * @throws if it ends before it says its port
 */
export async function startProgram(words: readonly string[], env: Record<string, string>): Promise<Program> {
  const placed = words.map((word) => (/^[\w-]+\.c?js$/.test(word) ? path(word) : word));
  const child = spawn(process.execPath, placed, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, ...env },
  });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout);
  const first = await Promise.race([once(lines, 'line'), ended.then(() => undefined)]);
  if (!first) throw new Error(`${words.join(' ')} has ended`);
  return {
    said: String(first[0]),
    port: Number(first[0]),
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
