/**
 * The engine with a mistake made on purpose: one place of one source file is changed while it is bundled, so the engine
 * needs no switches for it.
 */
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface Edit {
  /** From the root of the repository. */
  readonly file: string;
  /** Source text that occurs there exactly once, and what takes its place. */
  readonly from: string;
  readonly to: string;
}

type Engine = typeof import('./compare.js') & typeof import('./cones.js');

/**
 * Loads the comparisons over an engine with the edits, and hands them to `use`. @throws Error if a text to be changed
 * is not there, exactly once
 */
export async function withEdits<T>(edits: readonly Edit[], use: (engine: Engine) => Promise<T>): Promise<T> {
  const changed = new Map<string, string>();
  for (const { file, from, to } of edits) {
    const target = join(ROOT, file);
    const parts = (changed.get(target) ?? (await readFile(target, 'utf8'))).split(from);
    if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} places like "${from}": adapt the mistake`);
    changed.set(target, parts.join(to));
  }
  const folder = await mkdtemp(join(tmpdir(), 'ldfi-mistake-'));
  try {
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const outfile = join(folder, 'engine.mjs');
    await build({
      stdin: { contents: "export * from './compare.js'; export * from './cones.js';", resolveDir: import.meta.dirname },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      logLevel: 'silent',
      plugins: [
        {
          name: 'mistake',
          setup: ({ onLoad }) => {
            onLoad({ filter: /\.ts$/ }, ({ path }) => {
              const contents = changed.get(path);
              return contents === undefined ? undefined : { contents, loader: 'ts' };
            });
          },
        },
      ],
    });
    return await use((await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as Engine);
  } finally {
    await rm(folder, { recursive: true });
  }
}
