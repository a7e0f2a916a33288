/**
 * `ldfi test --watch`: runs everything once, then, whenever files change, what is made of them; until q or Ctrl-C.
 *
 * Files are looked at again and again, and what changed is found out by comparing texts. Events of the file system are
 * not relied on: they come too late, too often, or (network file systems, limits on watchers, chokidar right after its
 * 'ready') not at all.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { visible } from '../../core/text.js';
import type { SourceFile } from '../../dedalus/ast.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { isOfInterest, readText } from '../io/files.js';
import { print } from '../io/terminal.js';
import { configPlaces, type LoadedConfig, loadConfig } from '../load/config.js';
import type { Prepare, Task } from './prepare.js';
import { testAll } from './test.js';

/** Milliseconds between two looks: at least so many, and so many times what a look takes. */
const PAUSE = { least: 150, share: 20 } as const;

type Texts = ReadonlyMap<string, string | undefined>;

/** @param named the configuration, if it is named */
export async function watch(named: string | undefined, prepare: Prepare): Promise<ExitCode> {
  const keys = listen();
  const state = new State(named, prepare);
  let exit: ExitCode = EXIT.ok;
  let isNews = true;
  try {
    for (let first = true; !keys.quit.aborted; first = false) {
      const watched = state.watched();
      const before = signatureOf(watched);
      const due = await state.look();
      if (due && !first) print(`\n${visible(due.reason)}\n`);
      if (due) exit = await state.run(due.specs);
      isNews ||= due !== undefined;
      // Files that were not looked at before may have changed since they were read.
      if (state.watched().join('\n') !== watched.join('\n')) continue;
      if (isNews) print('Watching for changes; press q to end.\n');
      isNews = false;
      await changeOf(watched, before, keys.quit);
    }
    return exit;
  } finally {
    keys.release();
  }
}

/**
 * Waits until files are no longer what they were, and have stopped changing (editors write in several steps); or until
 * `quit`.
 */
async function changeOf(watched: readonly string[], before: string, quit: AbortSignal): Promise<void> {
  for (let last = before; !quit.aborted; ) {
    const started = Date.now();
    const now = signatureOf(watched);
    if (now !== before && now === last) return;
    last = now;
    const pause = Math.max(PAUSE.least, PAUSE.share * (Date.now() - started));
    await delay(pause, undefined, { signal: quit }).catch(() => undefined);
  }
}

/** What the file system says of files, and of all that is in folders: another text once any of them has changed. */
function signatureOf(paths: readonly string[]): string {
  const lines: string[] = [];
  const folders = new Set<string>();
  const visit = (path: string): void => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return;
    const id = `${stat.dev}:${stat.ino}`;
    lines.push(`${path} ${id} ${stat.mtimeMs} ${stat.size}`);
    if (!stat.isDirectory() || folders.has(id)) return;
    folders.add(id);
    for (const name of readdirSync(path).sort()) if (isOfInterest(name)) visitSafely(join(path, name));
  };
  const visitSafely = (path: string): void => {
    try {
      visit(path);
    } catch {
      // What cannot be looked at is as good as absent.
    }
  };
  for (const path of paths) visitSafely(path);
  return lines.join('\n');
}

interface Due {
  /** Paths of specs to run. */
  readonly specs: readonly string[];
  readonly reason: string;
}

/** What was run, and of which texts. */
class State {
  private configured: LoadedConfig | 'none' | undefined;
  private task: Task | undefined;
  private settings: Texts | undefined;
  private readonly read = new Map<string, readonly SourceFile[]>();

  constructor(
    private readonly named: string | undefined,
    private readonly prepare: Prepare,
  ) {}

  /** What is to be run now; undefined if nothing has changed. */
  async look(): Promise<Due | undefined> {
    const changed = this.settings && this.changedSetting(this.settings);
    if (!this.settings || changed !== undefined) {
      this.configured = await loadConfig(this.named);
      this.settings = textsOf(this.settingFiles());
      this.task = this.configured && this.prepare(this.configured);
      this.read.clear();
      return this.task && { specs: this.paths(), reason: `${changed} changed: running everything` };
    }
    if (!this.configured) return undefined;
    const before = new Set(this.paths());
    this.task = this.prepare(this.configured, () => undefined);
    const news = this.paths().filter((path) => !before.has(path));
    const edited = [...this.read].filter(([, files]) => files.some(isStale)).map(([path]) => path);
    const specs = this.paths().filter((path) => news.includes(path) || edited.includes(path));
    if (specs.length === 0) return undefined;
    const files = [...this.read.values()]
      .flat()
      .filter(isStale)
      .map(({ path }) => path);
    const names = [...new Set([...files, ...news])];
    return { specs, reason: `${names.slice(0, 5).join(', ')} changed: running ${specs.slice(0, 8).join(', ')}` };
  }

  async run(specs: readonly string[]): Promise<ExitCode> {
    const { task } = this;
    if (!task) return EXIT.mistake;
    const plan = { ...task.plan, specs: task.plan.specs.filter(({ path }) => specs.includes(path)) };
    // Reports are of all specs: a part must not take their place.
    const partial = plan.specs.length < task.plan.specs.length;
    const { exit, files } = await testAll({ ...task, plan, ...(partial && { outputs: [] }) });
    for (const [path, read] of files) this.read.set(path, read);
    return exit;
  }

  /** Files and folders of which a change matters. */
  watched(): string[] {
    const read = [...this.read.values()].flat().map(({ path }) => path);
    return [...new Set([...this.settingFiles(), ...read, ...this.paths(), ...(this.task?.plan.folders ?? [])])].sort();
  }

  private paths(): string[] {
    return this.task?.plan.specs.map(({ path }) => path) ?? [];
  }

  private settingFiles(): string[] {
    const { configured, named } = this;
    const files = configured && configured !== 'none' ? configured.files : [];
    return [...(named === undefined ? configPlaces().flat() : [named]), ...files];
  }

  private changedSetting(before: Texts): string | undefined {
    return [...before].find(([path, text]) => textOf(path) !== text)?.[0];
  }
}

const textOf = (path: string): string | undefined => {
  const read = readText(path);
  return read.ok ? read.text : undefined;
};

const textsOf = (paths: readonly string[]): Texts => new Map(paths.map((path) => [path, textOf(path)]));

/** Whether a file is no longer what it was when it was read. What could not be read then has no text. */
const isStale = ({ path, text }: SourceFile): boolean => (textOf(path) ?? '') !== text;

/** q, Ctrl-C and Ctrl-D. */
const QUIT_KEYS = ['q', 'Q', '\x03', '\x04'];

/** q and Ctrl-C, with and without a terminal. */
function listen(): { quit: AbortSignal; release: () => void } {
  const { stdin } = process;
  const raw = stdin.isTTY === true;
  const controller = new AbortController();
  const end = (): void => controller.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, end);
  const onKeys = (bytes: Buffer): void => {
    const keys = bytes.toString();
    // On a terminal single keys; else lines, of which one must be a `q`.
    const asked = raw ? QUIT_KEYS.some((key) => keys.includes(key)) : keys.split('\n').includes('q');
    // A search that is under way ends by the signal, like without a watch.
    if (asked) process.kill(process.pid, 'SIGINT');
  };
  if (raw) stdin.setRawMode(true);
  stdin.on('data', onKeys);
  stdin.on('error', () => undefined);
  return {
    quit: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, end);
      stdin.off('data', onKeys);
      if (raw) stdin.setRawMode(false);
      stdin.pause();
    },
  };
}
