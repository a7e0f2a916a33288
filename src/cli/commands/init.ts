/**
 * `ldfi init [FOLDER]`: writes the scaffold, and adds to `package.json` and `.gitignore`. What is there already is left
 * alone.
 */
import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { visible } from '../../core/text.js';
import { reasonOf } from '../../files/write.js';
import { EXIT, type ExitCode } from '../../report/meaning.js';
import { type Change, changes, isInstalled } from '../init/project.js';
import { shown } from '../io/files.js';
import { saveText } from '../io/outputs.js';
import { complain, print } from '../io/terminal.js';
import { CONFIG_NAMES } from '../load/config.js';
import { nextSteps, type ScaffoldFile, scaffold } from './scaffold.js';

export interface InitFlags {
  readonly dryRun?: boolean;
}

export function init(folder: string, { dryRun = false }: InitFlags): ExitCode {
  const problem = obstacle(folder);
  if (problem !== undefined) {
    complain(
      `error: cannot write into ${visible(shown(folder))}: ${problem}; name a folder, or one that is to be made\n`,
    );
    return EXIT.mistake;
  }
  let failed = false;
  for (const file of scaffold()) {
    const path = shown(join(folder, file.path));
    const there = standIn(folder, file);
    if (there !== undefined) print(`left alone  ${visible(shown(there))} (it is there already)\n`);
    else if (dryRun) print(`would write ${visible(path)}\n`);
    else if (saveText(path, file.text, 'error')) print(`wrote       ${visible(path)}\n`);
    else failed = true;
  }
  const changed = changes(folder);
  for (const change of changed) if (!apply(change, dryRun)) failed = true;
  if (failed) return EXIT.mistake;
  if (dryRun) return EXIT.ok;
  const script = changed
    .map((change) => ('script' in change ? change.script : undefined))
    .find((name) => name !== undefined);
  print(`\n${folder === '.' ? '' : `In ${visible(shown(folder))}. `}${nextSteps(script, isInstalled(folder))}`);
  return EXIT.ok;
}

/** Makes a change, or says that it would be made; false, and a complaint, if that failed. */
function apply(change: Change, dryRun: boolean): boolean {
  const path = shown(change.path);
  if ('reason' in change) {
    print(`left alone  ${visible(path)} (${visible(change.reason)})\n`);
    return true;
  }
  if (!dryRun && !saveText(path, change.text, 'error')) return false;
  const [would, did] = change.isNew ? ['would write', 'wrote      '] : ['would add to', 'added to   '];
  print(`${dryRun ? would : did} ${visible(path)} (${change.adds})\n`);
  return true;
}

/** Why there can be no files in a folder. */
function obstacle(folder: string): string | undefined {
  try {
    statSync(`${folder}/.`, { throwIfNoEntry: false });
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** What stands in a file's place; a configuration in another form counts. */
function standIn(folder: string, { path }: ScaffoldFile): string | undefined {
  const names = CONFIG_NAMES.includes(path) ? CONFIG_NAMES : [path];
  return names.map((name) => join(folder, name)).find((name) => lstatSync(name, { throwIfNoEntry: false }));
}
