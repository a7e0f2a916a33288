/**
 * `ldfi test --watch`: runs everything once, then, whenever files change, what is made of them; until q or Ctrl-C. Keys
 * ask for more: everything again, what failed, or only what has something in its name.
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
import { type WatchKeys, type Wish, watchKeys } from '../io/watch-keys.js';
import { configPlaces, type LoadedConfig, loadConfig } from '../load/config.js';
import type { Prepare, Task } from './prepare.js';
import { testAll } from './test.js';

/** Milliseconds between two looks: at least so many, and so many times what a look takes. */
const PAUSE = { least: 150, share: 20 } as const;

type Texts = ReadonlyMap<string, string | undefined>;

/** @param named the configuration, if it is named */
export async function watch(named: string | undefined, prepare: Prepare): Promise<ExitCode> {
  const keys = watchKeys();
  const state = new State(named, prepare);
  let exit: ExitCode = EXIT.ok;
  let isNews = true;
  try {
    for (let first = true; !keys.quit.aborted; first = false) {
      const watched = state.watched();
      const before = signatureOf(watched);
      const changed = await state.look();
      const wish = keys.take();
      const asked = wish && state.asked(wish);
      // What has changed meanwhile is run as well: nobody would notice it again.
      const due = asked && changed ? { ...asked, specs: [...asked.specs, ...changed.specs] } : (asked ?? changed);
      if (due && !first) print(`\n${visible(due.reason)}\n`);
      if (due && due.specs.length > 0) exit = await state.run(due.specs);
      isNews ||= due !== undefined;
      // Files that were not looked at before may have changed since they were read.
      if (state.watched().join('\n') !== watched.join('\n')) continue;
      if (isNews) print('Watching for changes: Enter runs everything, f what failed, p filters by name, q ends.\n');
      isNews = false;
      await changeOf(watched, before, keys);
    }
    return exit;
  } finally {
    keys.release();
  }
}

/**
 * Waits until files are no longer what they were, and have stopped changing (editors write in several steps); or until
 * a key is pressed.
 */
async function changeOf(watched: readonly string[], before: string, keys: WatchKeys): Promise<void> {
  const { pressed } = keys;
  for (let last = before; !pressed.aborted; ) {
    const started = Date.now();
    const now = signatureOf(watched);
    if (now !== before && now === last) return;
    last = now;
    const pause = Math.max(PAUSE.least, PAUSE.share * (Date.now() - started));
    await delay(pause, undefined, { signal: pressed }).catch(() => undefined);
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
  /** Specs of which something was not as expected when they were last run. */
  private readonly failed = new Set<string>();
  /** What must be in the path of a spec. */
  private filter = '';

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
      return this.task && { specs: this.chosen(), reason: `${changed} changed: running everything` };
    }
    if (!this.configured) return undefined;
    const before = new Set(this.paths());
    this.task = this.prepare(this.configured, () => undefined);
    const news = this.paths().filter((path) => !before.has(path));
    const edited = [...this.read].filter(([, files]) => files.some(isStale)).map(([path]) => path);
    const specs = this.chosen().filter((path) => news.includes(path) || edited.includes(path));
    if (specs.length === 0) return undefined;
    const files = [...this.read.values()]
      .flat()
      .filter(isStale)
      .map(({ path }) => path);
    const names = [...new Set([...files, ...news])];
    return { specs, reason: `${names.slice(0, 5).join(', ')} changed: running ${specs.slice(0, 8).join(', ')}` };
  }

  /** What somebody wants to be run. */
  asked(wish: Wish): Due {
    if (wish.kind === 'filter') this.filter = wish.text;
    const among = this.filter === '' ? '' : ` with "${this.filter}" in the name`;
    const all = this.chosen();
    if (wish.kind !== 'failed')
      return { specs: all, reason: all.length > 0 ? `Running all specs${among}` : `There is no spec${among}` };
    const specs = all.filter((path) => this.failed.has(path));
    return { specs, reason: specs.length > 0 ? `Running what failed${among}` : `Nothing failed${among}` };
  }

  async run(specs: readonly string[]): Promise<ExitCode> {
    const { task } = this;
    if (!task) return EXIT.mistake;
    const plan = { ...task.plan, specs: task.plan.specs.filter(({ path }) => specs.includes(path)) };
    // Reports are of all specs: a part must not take their place.
    const partial = plan.specs.length < task.plan.specs.length;
    const { exit, files, failed } = await testAll({ ...task, plan, ...(partial && { outputs: [] }) });
    for (const [path, read] of files) this.read.set(path, read);
    for (const path of specs) if (!failed.has(path)) this.failed.delete(path);
    for (const path of failed) this.failed.add(path);
    return exit;
  }

  /** Files and folders of which a change matters. */
  watched(): string[] {
    const read = [...this.read.values()].flat().map(({ path }) => path);
    return [...new Set([...this.settingFiles(), ...read, ...this.paths(), ...(this.task?.plan.folders ?? [])])].sort();
  }

  /** Specs that the filter lets through. */
  private chosen(): string[] {
    return this.paths().filter((path) => path.includes(this.filter));
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
