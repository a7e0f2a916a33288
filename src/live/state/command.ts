/**
 * Commands that bring state back: run to their end, without a shell, and with all processes that they start.
 */
import { spawn } from 'node:child_process';
import { SystemFailure } from '../../experiments/experiment.js';

/**
 * @param words the program and its arguments
 * @param timeoutMs milliseconds
 * @param shown what stands in messages; the words by themselves if left out, which may hold a password
 * @throws SystemFailure if it fails or takes too long; the signal's reason when it is aborted
 */
export function command(
  words: readonly string[],
  timeoutMs: number,
  signal: AbortSignal | undefined,
  shown = words.join(' '),
): Promise<void> {
  const [program = '', ...rest] = words;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: ['ignore', 'ignore', 'pipe'], detached: process.platform !== 'win32' });
    let said = '';
    child.stderr.on('data', (piece: Buffer) => {
      said = (said + piece.toString()).slice(-500);
    });
    const kill = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
      } catch {
        // It is gone already.
      }
    };
    const fail = (why: string): void => {
      const detail = said.trim() === '' ? '' : `: ${said.trim()}`;
      reject(new SystemFailure(`the reset failed: ${shown} ${why}${detail}`));
    };
    const timer = setTimeout(() => {
      kill();
      fail(`did not end within ${timeoutMs} ms`);
    }, timeoutMs);
    const abort = (): void => {
      kill();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    child.on('error', ({ message }) => {
      done();
      fail(`cannot be started (${message})`);
    });
    child.on('close', (code) => {
      done();
      if (code === 0) resolve();
      else fail(`ended with exit code ${code}`);
    });
  });
}
