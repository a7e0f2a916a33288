/**
 * The samples of a plan, made by several threads where there are enough of them. How many threads there are changes
 * nothing: each block has its own seed and its own place.
 */
import { Worker } from 'node:worker_threads';
import { pause } from '../../core/event-loop.js';
import { blocksOf, type Plan, place, roomFor, type Samples, sampleBlock } from '../../staleness/wars.js';
import { builtFile } from '../../worker/built.js';

/** Blocks for which it pays to start a thread. */
const WORTH = 4;

/** @param jobs how many threads at most. @throws the signal's reason when it is aborted */
export async function makeSamples(plan: Plan, jobs: number, signal: AbortSignal): Promise<Samples> {
  signal.throwIfAborted();
  const all = roomFor(plan.samples);
  const blocks = blocksOf(plan);
  const threads = Math.min(jobs, Math.floor(blocks / WORTH));
  if (threads > 1) {
    await byThreads(plan, threads, all, signal);
    return all;
  }
  for (let block = 0; block < blocks; block++) {
    await pause();
    signal.throwIfAborted();
    place(all, block, sampleBlock(plan, block));
  }
  return all;
}

async function byThreads(plan: Plan, threads: number, all: Samples, signal: AbortSignal): Promise<void> {
  const workers = Array.from(
    { length: threads },
    () => new Worker(builtFile('sampler-thread.cjs'), { workerData: plan }),
  );
  const blocks = blocksOf(plan);
  try {
    await new Promise<void>((resolve, reject) => {
      let [asked, made] = [0, 0];
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      for (const worker of workers) {
        const ask = (): void => {
          if (asked < blocks) worker.postMessage(asked++);
        };
        worker.on('error', reject);
        worker.on('message', ({ block, made: part }: { block: number; made: Samples }) => {
          place(all, block, part);
          if (++made === blocks) resolve();
          ask();
        });
        ask();
      }
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
