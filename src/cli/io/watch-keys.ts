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

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Reader = (text: string) => void;

export function watchKeys(): WatchKeys {
  const { stdin, stderr } = process;
  const raw = stdin.isTTY === true;
  const quit = new AbortController();
  let pressed = new AbortController();
  let wish: Wish | undefined;
  const ask = (asked: Wish): void => {
    wish = asked;
    pressed.abort();
  };
  const end = (): void => {
    quit.abort();
    pressed.abort();
  };
  const onLine = (line: string): void => {
    // A search that is under way ends by the signal, like without a watch.
    if (line.toLowerCase() === 'q') process.kill(process.pid, 'SIGINT');
    else if (line === '') ask({ kind: 'all' });
    else if (line === 'f') ask({ kind: 'failed' });
    else if (/^p(?: |$)/.test(line)) ask({ kind: 'filter', text: line.slice(2).trim() });
  };
  const read = raw ? keysAsLines(onLine, (text) => void stderr.write(text)) : linesOf(onLine);
  const onData = (bytes: Buffer): void => read(bytes.toString());
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

function linesOf(onLine: Reader): Reader {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
}

/** Keys as the lines that they stand for. @param echo shows what is typed after `p` */
function keysAsLines(onLine: Reader, echo: Reader): Reader {
  /** What was typed after `p` so far. */
  let typed: string | undefined;
  const onKey = (key: string): void => {
    const isEnter = key === '\r' || key === '\n';
    // Ctrl-C and Ctrl-D.
    if (key === '\u0003' || key === '\u0004') onLine('q');
    else if (typed === undefined && key === 'p') {
      typed = '';
      echo('name: ');
    } else if (typed === undefined) onLine(isEnter ? '' : key);
    else if (isEnter) {
      echo('\n');
      onLine(`p ${typed}`);
      typed = undefined;
    } else if (key === '\u007f') {
      if (typed !== '') echo('\b \b');
      typed = typed.slice(0, -1);
    } else if (key >= ' ') {
      typed += key;
      echo(key);
    }
  };
  return (text) => {
    for (const key of text) onKey(key);
  };
}
