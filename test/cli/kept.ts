/**
 * One process that runs the commands of a test file, one after another: starting one for each takes longer than most
 * commands do.
 */
import { mkdirSync } from 'node:fs';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Kept = (cwd: string, args: readonly string[]) => Finished;

/**
 * @param folder of the package
 * @param scratch a folder to be made, for what is printed
 * @param milliseconds that a command may take; then its process is killed, and its exit code is null
 */
export function keep(folder: string, scratch: string, env: NodeJS.ProcessEnv, milliseconds: number): Kept {
  mkdirSync(scratch);
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const { port1: here, port2: there } = new MessageChannel();
  const workerData = { folder, scratch, env, milliseconds, answered, there };
  const host = new Worker(new URL('kept-host.js', import.meta.url), { workerData, transferList: [there] });
  host.unref();
  return (cwd, args) => {
    Atomics.store(answered, 0, 0);
    here.postMessage({ cwd, args });
    Atomics.wait(answered, 0, 0);
    return receiveMessageOnPort(here)?.message as Finished;
  };
}
