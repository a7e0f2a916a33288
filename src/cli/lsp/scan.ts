/**
 * The specs of a workspace, found without standing in the way of anything: folder by folder, the nearest first, up to a
 * limit, since somebody may open the root of a disk.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isOfInterest } from '../io/files.js';

/** Entries of folders that are looked at. */
const MOST_ENTRIES = 50_000;

/** Their paths; what cannot be read is left out. */
export async function specsBelow(folders: readonly string[]): Promise<string[]> {
  const specs: string[] = [];
  const waiting = [...folders];
  let looked = 0;
  for (let folder = waiting.shift(); folder !== undefined && looked < MOST_ENTRIES; folder = waiting.shift()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    looked += entries.length;
    for (const entry of entries) {
      if (!isOfInterest(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.name.endsWith('.ded')) specs.push(path);
    }
  }
  return specs;
}
