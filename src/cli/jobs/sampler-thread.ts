/** The script of a thread that makes blocks of samples: it is given a plan, then asked for one block after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Plan, sampleBlock } from '../../staleness/wars.js';

parentPort?.on('message', (block: number) => {
  const made = sampleBlock(workerData as Plan, block);
  parentPort?.postMessage({ block, made }, [made.visible.buffer, made.read.buffer, made.write.buffer]);
});
