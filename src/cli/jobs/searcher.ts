/**
 * The process that searches checks for a command, one after the other, for as long as the command lives.
 *
 * It says nothing itself: what is for stderr goes to the command, which says it when it is that check's turn. It is
 * ended by the command, not by signals: Ctrl-C reaches all processes of a terminal, and the command tells what to do.
 */
import { setMaxListeners } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import type { Findings } from '../../answer/findings.js';
import { LdfiError } from '../../core/invariant.js';
import { ownSearcher, type Timed } from '../commands/search.js';
import { method } from '../flags.js';
import { complainTo, errorInWords } from '../io/terminal.js';
import { type Loaded, loadSubjects, type Origin } from '../load/load.js';
import { type LoadedProtocols, loadProtocols, type ProtocolLoader } from '../load/protocols.js';
import { type FromSearcher, MOST_KEPT, type Request, type ToSearcher, textOf } from './messages.js';

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

  const kept = new Kept<Loaded>();
  const modules = new Kept<LoadedProtocols>();
  const module: ProtocolLoader = (path, part, signal, known) =>
    modules.take(`${path} ${part}`, () => loadProtocols(path, part, signal, known));

  /** A module whose protocols the command asks about; it stays here. */
  async function loadFor(path: string, part: boolean): Promise<LoadedProtocols> {
    const loaded = await module(path, part, abort.signal);
    return { ...loaded, protocols: loaded.protocols.map(({ info, names }) => ({ info, names })) };
  }

  async function load({ paths, part, compiled }: Origin): Promise<Loaded> {
    isLoading = true;
    try {
      const options = { part, quiet: true, compiled, signal: abort.signal, protocols: module };
      return await kept.take(JSON.stringify([paths, part]), () => loadSubjects(paths, options));
    } finally {
      isLoading = false;
    }
  }

  async function answer({
    origin,
    text,
    check,
    label,
    flags,
    keeps,
    split,
    otherwise,
  }: Request): Promise<Timed | Findings> {
    const subject = (await load(origin)).subjects?.[origin.number];
    if (!subject || textOf(subject) !== text)
      throw new LdfiError('bad-options', otherwise ?? 'it was edited while it waited for its search; run it again');
    const show = (text: string): void => send({ kind: 'progress', id, text });
    const { search, part, whole } = await ownSearcher(flags, method(flags, abort.signal), keeps, show);
    const job = { subject, check, label };
    if (!split) return search(job);
    return 'cube' in split ? part(job, split.cube) : whole(job, split.parts);
  }

  process.on('message', async (message: ToSearcher) => {
    if (message.kind === 'abort') {
      abort.abort();
      return;
    }
    id = message.id;
    try {
      const came = message.kind === 'load' ? loadFor(message.path, message.part) : answer(message.request);
      send({ kind: 'came', id, came: await came });
    } catch (error) {
      const isAborted = abort.signal.aborted && error === abort.signal.reason;
      send({ kind: 'failed', id, reason: isAborted ? undefined : errorInWords(error) });
    }
  });
  process.on('disconnect', () => process.exit());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
}

/** The last few things that were asked for. */
class Kept<T> {
  private readonly all = new Map<string, Promise<T>>();

  take(key: string, make: () => Promise<T>): Promise<T> {
    const one = this.all.get(key) ?? make();
    this.all.delete(key);
    this.all.set(key, one);
    for (const old of [...this.all.keys()].slice(0, -MOST_KEPT)) this.all.delete(old);
    return one;
  }
}
