/**
 * Scripts of `dist/cli`, each with what V8 made of it when `ldfi` was built: compiling them anew takes longer than most
 * searches do.
 *
 * `scripts/cli.js` writes both files: `main.cjs` and `main.code`. Where V8 or its flags are others by now, V8 refuses
 * its part and compiles as ever.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { builtFile } from './built.js';

interface Loaded {
  readonly script: Script;
  readonly module: { exports: unknown };
}

const loaded = new Map<string, Loaded>();

/**
 * What a script exports; it runs once.
 * @param name of the file, without its ending
 */
export const loadAhead = (name: string): unknown => load(name).module.exports;

/** What V8 has made of a script so far, in bytes that another process can take. */
export const codeOf = (name: string): Buffer => load(name).script.createCachedData();

/** Whether V8 took what the build had kept of a script. */
export const wasTaken = (name: string): boolean => load(name).script.cachedDataRejected === false;

function load(name: string): Loaded {
  const known = loaded.get(name);
  if (known) return known;
  const source = builtFile(`${name}.cjs`);
  const code = builtFile(`${name}.code`);
  // The build writes plain ASCII, which is read fastest as what it is.
  const script = new Script(`(function (exports, require, module, __url) {${readFileSync(source, 'latin1')}\n})`, {
    filename: source.href,
    ...(existsSync(code) && { cachedData: readFileSync(code) }),
  });
  const module = { exports: {} };
  const found = { script, module };
  loaded.set(name, found);
  script.runInThisContext()(module.exports, createRequire(source), module, source.href);
  return found;
}
