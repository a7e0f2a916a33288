/**
 * The process that searches checks for a command, one after the other, for as long as the command lives.
 *
 * It says nothing itself: what is for stderr goes to the command, which says it when it is that check's turn. It is
 * ended by the command, not by signals: Ctrl-C reaches all processes of a terminal, and the command tells what to do.
 */
import { setMaxListeners } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import { LdfiError } from '../../core/invariant.js';
import { ownSearcher } from '../commands/search.js';
import { method } from '../flags.js';
import { complainTo, errorInWords } from '../io/terminal.js';
import { type Loaded, loadSubjects, type Origin } from '../load/load.js';
import { type FromSearcher, type Request, type ToSearcher, textOf } from './messages.js';

/** Most specs that are kept: of one spec there are several checks, mostly one after the other. */
const MOST_KEPT = 4;

/** Serves a command until that ends it or is gone. */
export function serve(): void {
  const abort = new AbortController();
  setMaxListeners(0, abort.signal);
  let id = 0;
  let isLoading = false;
  const send = (message: FromSearcher): void => void process.send?.(message);
  const say = (text: string): void => {
    // The command has read the spec, too, and has said what is to be said of it.
    if (!isLoading) send({ kind: 'said', id, text });
  };
  complainTo(say);
  const decoder = new StringDecoder('utf8');
  // What handlers print.
  process.stderr.write = ((chunk: string | Uint8Array) => {
    say(typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk)));
    return true;
  }) as typeof process.stderr.write;

  const kept = new Map<string, Promise<Loaded>>();
  async function load({ paths, part, compiled }: Origin): Promise<Loaded> {
    const key = JSON.stringify([paths, part]);
    isLoading = true;
    try {
      const loading = kept.get(key) ?? loadSubjects(paths, { part, quiet: true, compiled, signal: abort.signal });
      kept.delete(key);
      kept.set(key, loading);
      for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(old);
      return await loading;
    } finally {
      isLoading = false;
    }
  }

  async function answer({ origin, text, check, label, flags, keeps }: Request): Promise<FromSearcher> {
    const subject = (await load(origin)).subjects?.[origin.number];
    if (!subject || textOf(subject) !== text)
      throw new LdfiError('bad-options', 'it was edited while it waited for its search; run it again');
    const show = (text: string): void => send({ kind: 'progress', id, text });
    const { search } = await ownSearcher(flags, method(flags, abort.signal), keeps, show);
    return { kind: 'answer', id, ...(await search({ subject, check, label })) };
  }

  process.on('message', async (message: ToSearcher) => {
    if (message.kind === 'abort') {
      abort.abort();
      return;
    }
    id = message.request.id;
    try {
      send(await answer(message.request));
    } catch (error) {
      const isAborted = abort.signal.aborted && error === abort.signal.reason;
      send({ kind: 'failed', id, reason: isAborted ? undefined : errorInWords(error) });
    }
  });
  process.on('disconnect', () => process.exit());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
}
