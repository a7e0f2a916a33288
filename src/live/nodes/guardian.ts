/**
 * The guardian: a process that outlives `ldfi` by a moment and kills the programs that were left behind.
 *
 * Its input is a pipe from `ldfi`, which the system closes however `ldfi` ends, even by SIGKILL. Then it kills every
 * process group it was told of, and ends.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';

const SCRIPT = `
const groups = new Set();
let rest = '';
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});
process.stdin.setEncoding('utf8').on('data', (text) => {
  const lines = (rest + text).split('\\n');
  rest = lines.pop();
  for (const line of lines)
    if (line[0] === '+') groups.add(Number(line.slice(1)));
    else groups.delete(Number(line.slice(1)));
}).on('end', () => {
  for (const group of groups) try { process.kill(-group, 'SIGKILL'); } catch {}
  process.exit();
});`;

let guardian: ChildProcess | undefined;

function tell(line: string): void {
  if (guardian === undefined) {
    guardian = spawn(process.execPath, ['-e', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    // If it is gone, the programs are still killed by whoever started them.
    guardian.on('error', () => undefined);
    guardian.stdin?.on('error', () => undefined);
    guardian.unref();
    (guardian.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  }
  guardian.stdin?.write(`${line}\n`);
}

/** From now on this process group is killed when `ldfi` ends. */
export const guard = (group: number): void => tell(`+${group}`);

/** It is gone. */
export const release = (group: number): void => tell(`-${group}`);
