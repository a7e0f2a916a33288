/**
 * The threads that there are for modules, and those that wait for one: starting a thread takes longer than most
 * questions do.
 */
import { noteThread } from './live-threads.js';
import { WatchedThread } from './watched-thread.js';

/** How many threads an audit compares with. */
export const FRESH = 2;

/**
 * Threads at once; those that have been asked nothing for longest end first, and are made again when they are asked.
 */
const MOST_THREADS = 8;
const live: WatchedThread[] = [];

/** Threads that are ready for a module; one that compiles loads the compiler first. */
const spare: { readonly thread: WatchedThread; readonly compiles: boolean }[] = [];

const endSpare = (): void => {
  for (const { thread } of spare.splice(0)) thread.end(undefined);
};

function makeSpare(compiles: boolean): void {
  spare.push({ thread: new WatchedThread(compiles), compiles });
  noteThread(endSpare);
}

/** Starts the thread that will load a module, before it is known which. */
export const startThread = (): void => makeSpare(true);

/** The thread that compiles modules and runs none: it is fast once it has compiled a few. */
let compiler: WatchedThread | undefined;
let isFirst = true;

const endCompiler = (): void => compiler?.end(undefined);

/** Undefined for the first module: the thread that runs it compiles it, too, because most commands have only one. */
export function compilerThread(): WatchedThread | undefined {
  if (isFirst) {
    isFirst = false;
    return undefined;
  }
  if (!compiler || compiler.ended) {
    compiler = new WatchedThread(true);
    noteThread(endCompiler);
  }
  return compiler;
}

/** A thread in which nothing has run. */
export function freshThread(compiles: boolean): WatchedThread {
  for (const thread of live.filter(({ isAsked }) => !isAsked).slice(0, live.length - MOST_THREADS + 1))
    thread.end(undefined);
  live.splice(0, live.length, ...live.filter(({ ended }) => !ended));
  const at = spare.findIndex((one) => one.compiles === compiles && !one.thread.ended);
  const [ready] = at < 0 ? [] : spare.splice(at, 1);
  // Who made the first one ready will audit what it loads: those threads start while it does.
  if (ready?.compiles) for (let i = 0; i < FRESH; i++) makeSpare(false);
  const thread = ready?.thread ?? new WatchedThread(compiles);
  live.push(thread);
  return thread;
}
