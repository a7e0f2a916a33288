/**
 * Searches in workers, one at a time: a new question ends the one before it by ending its worker, and the next worker
 * is there already. A search that goes on for too long is cut off.
 */
import type { FromWorker, PlaygroundData, ToWorker } from '../messages.js';
import type { Answered, Question } from '../question.js';

/** A search ends by itself after so many milliseconds, and from outside after so many more. */
const LIMIT = 8_000;
const GRACE = 2_000;
/** A spare worker starts when nothing else has happened for so long. */
const IDLE = 250;

/** An answer; or that there is none in the time that a search has. */
export type Found = Answered | { readonly cutOff: number };

export class Searcher {
  private readonly address: Promise<string>;
  private readonly solver: Promise<WebAssembly.Module>;
  private current: Promise<Worker> | undefined;
  private spare: Promise<Worker> | undefined;
  /** Ends the search that is going on. */
  private giveUp: (() => void) | undefined;
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor({ worker, solver }: PlaygroundData) {
    this.address = addressOf(worker);
    this.solver = compiled(solver);
    this.current = this.start();
  }

  /** Undefined if another question, or `cancel`, came in between. */
  async ask(question: Question): Promise<Found | undefined> {
    this.cancel();
    clearTimeout(this.idle);
    this.current ??= this.spare ?? this.start();
    this.spare = this.spare === this.current ? undefined : this.spare;
    let isGivenUp = false;
    const before = new Promise<undefined>((resolve) => {
      this.giveUp = () => {
        isGivenUp = true;
        resolve(undefined);
      };
    });
    const worker = await Promise.race([this.current, before]).catch((error: unknown) => {
      this.current = undefined;
      throw error;
    });
    if (!worker || isGivenUp) return undefined;
    const found = await this.search(worker, question);
    this.idle = setTimeout(() => {
      this.spare ??= this.start();
    }, IDLE);
    return found;
  }

  /** Ends the search that is going on. */
  cancel(): void {
    this.giveUp?.();
    this.giveUp = undefined;
  }

  private search(worker: Worker, question: Question): Promise<Found | undefined> {
    return new Promise((resolve) => {
      const end = (found: Found | undefined): void => {
        clearTimeout(timer);
        this.giveUp = undefined;
        resolve(found);
      };
      const endWorker = (found: Found | undefined): void => {
        worker.terminate();
        this.current = undefined;
        end(found);
      };
      const timer = setTimeout(() => endWorker({ cutOff: LIMIT / 1000 }), LIMIT + GRACE);
      this.giveUp = () => endWorker(undefined);
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === 'answer') end(data.answered);
      };
      worker.onerror = ({ message }) => endWorker({ problem: `the search has failed: ${message}` });
      tell(worker, { kind: 'question', question, milliseconds: LIMIT });
    });
  }

  private async start(): Promise<Worker> {
    const worker = new Worker(await this.address);
    const module = await this.solver;
    return new Promise((resolve, reject) => {
      worker.onmessage = () => resolve(worker);
      worker.onerror = ({ message }) => reject(new Error(`no worker can be started: ${message}`));
      tell(worker, { kind: 'solver', module });
    });
  }
}

const tell = (worker: Worker, message: ToWorker): void => worker.postMessage(message);

const compiled = async (solver: string): Promise<WebAssembly.Module> => WebAssembly.compile(await unzipped(solver));

const addressOf = async (script: string): Promise<string> =>
  URL.createObjectURL(new Blob([await unzipped(script)], { type: 'text/javascript' }));

/** @param text gzipped, in base64 */
function unzipped(text: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}
