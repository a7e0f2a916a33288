/**
 * `ldfi test --watch`: runs everything once, then, whenever files change, what is made of them; until q or Ctrl-C.
 *
 * What changed is found out by comparing texts, not by believing events: editors replace files, and file systems report too much, or too late. So an
 * event of any kind in a folder of interest only says: look again.
 */
import { type FSWatcher, readdirSync, watch as watchFolder } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { visible } from '../core/text.js';
import type { SourceFile } from '../dedalus/ast.js';
import { EXIT, type ExitCode } from '../report/meaning.js';
import { CONFIG_NAMES, type LoadedConfig, loadConfig } from './config.js';
import { readText, shown } from './files.js';
import { complain, print } from './terminal.js';
import { type Prepare, type Task, testAll } from './test.js';

/** Milliseconds without a further event before files are looked at: editors write in several steps. */
const QUIET = 100;

/** Milliseconds between two looks where the system cannot watch. */
const POLL = 1_000;

type Texts = ReadonlyMap<string, string | undefined>;

/** @param named the configuration, if it is named */
export async function watch(named: string | undefined, prepare: Prepare): Promise<ExitCode> {
  const keys = listen();
  const folders = new Folders();
  const state = new State(named, prepare);
  try {
    let exit: ExitCode = EXIT.ok;
    for (let first = true; ; first = false) {
      const due = await state.look();
      if (due && (first || due.specs.length > 0)) {
        if (!first) print(`\n${visible(due.reason)}\n`);
        exit = await state.run(due.specs);
      }
      if (keys.quit.aborted) return exit;
      folders.set(state.folders());
      if (first || due) print('Watching for changes; press q to end.\n');
      await folders.change(keys.quit);
      if (keys.quit.aborted) return exit;
    }
  } finally {
    folders.close();
    keys.release();
  }
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

  folders(): string[] {
    const files = [...this.settingFiles(), ...[...this.read.values()].flat().map(({ path }) => path)];
    const planned = (this.task?.plan.folders ?? []).flatMap((folder) => foldersBelow(resolve(folder)));
    return [...new Set([...files.map((file) => dirname(resolve(file))), ...planned])];
  }

  private paths(): string[] {
    return this.task?.plan.specs.map(({ path }) => path) ?? [];
  }

  private settingFiles(): string[] {
    const { configured, named } = this;
    const files = configured && configured !== 'none' ? configured.files : [];
    return [...(named === undefined ? CONFIG_NAMES : [named]), ...files];
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

/** A folder and those below it in which specs are looked for. */
function foldersBelow(folder: string): string[] {
  try {
    const inner = readdirSync(folder, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'),
    );
    return [folder, ...inner.flatMap(({ name }) => foldersBelow(join(folder, name)))];
  } catch {
    return [];
  }
}

/** Folders under watch. */
class Folders {
  private readonly watchers = new Map<string, FSWatcher>();
  private poll = false;
  private stir: () => void = () => undefined;
  private stirred = false;

  set(folders: readonly string[]): void {
    for (const [folder, watcher] of this.watchers)
      if (!folders.includes(folder)) {
        watcher.close();
        this.watchers.delete(folder);
      }
    this.poll = false;
    for (const folder of folders) if (!this.watchers.has(folder)) this.add(folder);
  }

  /** Until something has changed and is quiet again, or `quit`. */
  async change(quit: AbortSignal): Promise<void> {
    await new Promise<void>((done) => {
      let timer: NodeJS.Timeout | undefined;
      // An event keeps the process alive only as long as it is waited for; with no watcher at all, this does.
      const alive = setInterval(() => undefined, 2 ** 30);
      const end = (): void => {
        clearInterval(alive);
        clearTimeout(timer);
        quit.removeEventListener('abort', end);
        done();
      };
      this.stir = () => {
        clearTimeout(timer);
        timer = setTimeout(end, QUIET);
      };
      if (this.poll) timer = setTimeout(end, POLL);
      quit.addEventListener('abort', end);
      if (quit.aborted) end();
      // What happened while the specs ran.
      if (this.stirred) this.stir();
    });
    this.stirred = false;
    this.stir = () => undefined;
  }

  close(): void {
    for (const watcher of this.watchers.values()) watcher.close();
  }

  private add(folder: string): void {
    try {
      const watcher = watchFolder(folder, () => {
        this.stirred = true;
        this.stir();
      });
      // A folder that is gone: its parent says so too.
      watcher.on('error', () => undefined);
      this.watchers.set(folder, watcher);
    } catch (error) {
      if ((error as { code?: string }).code === 'ENOENT') return;
      if (!this.poll) complain(`note: cannot watch ${visible(shown(folder))}; looking every second\n`);
      this.poll = true;
    }
  }
}

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
