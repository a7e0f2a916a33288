/**
 * The keys of `ldfi test --watch`: Enter, f, p and q.
 *
 * On a terminal they are single keys, and what follows `p` is read up to Enter. Elsewhere each is a line: an empty one,
 * `f`, `p retry`, `q`.
 */

/** What is to be run, other than what has changed. */
export type Wish = { readonly kind: 'all' | 'failed' } | { readonly kind: 'filter'; readonly text: string };

export interface WatchKeys {
  /** Aborted for good by q, Ctrl-C and Ctrl-D. */
  readonly quit: AbortSignal;
  /** Aborted when there is a wish, or with `quit`. */
  readonly pressed: AbortSignal;
  /** The last wish, once. */
  take(): Wish | undefined;
  release(): void;
}

/** q, Ctrl-C and Ctrl-D. */
const QUIT_KEYS = ['q', 'Q', '\u0003', '\u0004'];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function watchKeys(): WatchKeys {
  const { stdin, stderr } = process;
  const raw = stdin.isTTY === true;
  const quit = new AbortController();
  let pressed = new AbortController();
  let wish: Wish | undefined;
  let rest = '';
  /** What was typed after `p` so far. */
  let typed: string | undefined;
  const ask = (asked: Wish): void => {
    wish = asked;
    pressed.abort();
  };
  // A search that is under way ends by the signal, like without a watch.
  const interrupt = (): boolean => process.kill(process.pid, 'SIGINT');
  const end = (): void => {
    quit.abort();
    pressed.abort();
  };
  const onLine = (line: string): void => {
    if (line.toLowerCase() === 'q') interrupt();
    else if (line === '') ask({ kind: 'all' });
    else if (line === 'f') ask({ kind: 'failed' });
    else if (/^p(?: |$)/.test(line)) ask({ kind: 'filter', text: line.slice(2).trim() });
  };
  const onKey = (key: string): void => {
    const isEnter = key === '\r' || key === '\n';
    if (key === '\u0003' || (typed === undefined && QUIT_KEYS.includes(key))) interrupt();
    else if (typed === undefined && key === 'p') {
      typed = '';
      stderr.write('name: ');
    } else if (typed === undefined) onLine(isEnter ? '' : key);
    else if (isEnter) {
      stderr.write('\n');
      ask({ kind: 'filter', text: typed });
      typed = undefined;
    } else if (key === '\u007f') {
      if (typed !== '') stderr.write('\b \b');
      typed = typed.slice(0, -1);
    } else if (key >= ' ') {
      typed += key;
      stderr.write(key);
    }
  };
  const onData = (bytes: Buffer): void => {
    if (raw) {
      for (const key of bytes.toString()) onKey(key);
      return;
    }
    const lines = (rest + bytes.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
  for (const name of SIGNALS) process.on(name, end);
  if (raw) stdin.setRawMode(true);
  stdin.on('data', onData);
  stdin.on('error', () => undefined);
  return {
    quit: quit.signal,
    get pressed() {
      return pressed.signal;
    },
    take() {
      const taken = wish;
      wish = undefined;
      if (!quit.signal.aborted) pressed = new AbortController();
      return taken;
    },
    release() {
      for (const name of SIGNALS) process.off(name, end);
      stdin.off('data', onData);
      if (raw) stdin.setRawMode(false);
      stdin.pause();
    },
  };
}
