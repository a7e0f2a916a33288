/**
 * A thread of `kept.ts`: keeps the process in which commands run, and answers each with its exit code and what was
 * printed, while the thread of the tests waits.
 */
import { spawn } from 'node:child_process';
import { ftruncateSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workerData } from 'node:worker_threads';

const { folder, scratch, env, milliseconds, answered, there } = workerData;
const outputs = ['stdout', 'stderr'].map((name) => {
  const path = join(scratch, name);
  return { path, descriptor: openSync(path, 'a') };
});
let child;
let isAsked = false;
/** How many commands the process has run. What they leave behind makes it slower, so it is followed by another. */
let count = 0;
const MOST = 30;
let clock;

function begin() {
  const main = fileURLToPath(new URL('kept-process.js', import.meta.url));
  const stdio = ['ignore', ...outputs.map(({ descriptor }) => descriptor), 'ipc'];
  child = spawn(process.execPath, [main, folder], { env, stdio });
  count = 0;
  child.on('message', ({ code }) => {
    answer(code);
    if (++count < MOST) return;
    child.removeAllListeners();
    child.kill('SIGKILL');
    child = undefined;
  });
  // It has ended, or was ended, before its command did; the next one gets another.
  child.on('exit', (code) => {
    child = undefined;
    if (isAsked) answer(code);
  });
}

function answer(code) {
  isAsked = false;
  clearTimeout(clock);
  const [stdout, stderr] = outputs.map(({ path, descriptor }) => {
    const text = readFileSync(path, 'utf8');
    ftruncateSync(descriptor);
    return text;
  });
  there.postMessage({ code, stdout, stderr });
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
}

there.on('message', (command) => {
  if (!child) begin();
  isAsked = true;
  const { pid } = child;
  clock = setTimeout(() => process.kill(pid, 'SIGKILL'), milliseconds);
  child.send(command);
});
process.on('exit', () => child?.kill('SIGKILL'));
