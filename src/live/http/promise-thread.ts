/**
 * A promise that the user wrote as a function, in a thread of its own: it cannot disturb the proxies, and is ended where
 * it does not come to an end.
 */
import { Worker } from 'node:worker_threads';
import { SystemFailure } from '../../experiments/experiment.js';
import { builtFile } from '../../worker/built.js';
import type { Judgement } from '../../worker/judge.js';

/** Milliseconds for one judgement, the first of which loads the module. */
const PATIENCE = 10_000;
/** Megabytes. */
const MEMORY = 512;

interface Waiting {
  readonly resolve: (judgement: Judgement) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export class PromiseThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;
  private failure: SystemFailure | undefined;

  /** @param path of the module, absolute */
  constructor(readonly path: string) {
    this.worker = new Worker(builtFile('judge.cjs'), {
      workerData: path,
      execArgv: [],
      stdin: true,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    });
    // Stdout is for results.
    for (const stream of [this.worker.stdout, this.worker.stderr])
      stream.on('data', (chunk: Uint8Array) => void process.stderr.write(chunk));
    this.worker.on('message', ({ id, judgement }: { id: number; judgement: Judgement }) => {
      const asked = this.waiting.get(id);
      this.waiting.delete(id);
      clearTimeout(asked?.timer);
      asked?.resolve(judgement);
    });
    this.worker.on('error', ({ message }) => this.fail(message));
    this.worker.on('exit', () => this.fail('it ended its thread'));
  }

  /** @param question plain data. @throws SystemFailure if the thread ends, or does not answer */
  ask(question: unknown): Promise<Judgement> {
    return new Promise((resolve, reject) => {
      if (this.failure) {
        reject(this.failure);
        return;
      }
      const id = ++this.asked;
      const timer = setTimeout(() => this.fail(`it does not come to an end within ${PATIENCE / 1_000} s`), PATIENCE);
      this.waiting.set(id, { resolve, reject, timer });
      this.worker.postMessage({ id, question });
    });
  }

  async close(): Promise<void> {
    this.fail('it was closed');
    await this.worker.terminate();
  }

  private fail(why: string): void {
    this.failure ??= new SystemFailure(`the promise in ${this.path} cannot be judged: ${why}`);
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(this.failure);
    }
    this.waiting.clear();
    void this.worker.terminate();
  }
}
