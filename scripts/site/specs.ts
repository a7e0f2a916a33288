/** The specs of this repository as the gallery shows them: where each is, what it says of itself, its checks. */
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { globSync } from 'tinyglobby';
import { protocolChecks } from '../../src/answer/protocol-checks.js';
import { isBloom } from '../../src/bloom/define.js';
import { loadBloom } from '../../src/bloom/load.js';
import { fileReader } from '../../src/cli/io/file-reader.js';
import { loadProgram } from '../../src/dedalus/load.js';
import type { Program } from '../../src/dedalus/program.js';
import { isProtocol } from '../../src/protocol/define.js';
import { isSystem } from '../../src/protocol/system/define.js';
import { type Check, resolveChecks } from '../../src/search/check.js';

/** The folder of the repository, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Spec {
  /** As in `specs/broadcast/retry.ded`. */
  readonly path: string;
  /** The first paragraph of its first comment. */
  readonly about: string;
  /** What comes after that in this comment: paragraphs, and what begins with a label, as in `Promise: …`. */
  readonly sections: readonly string[];
  readonly checks: readonly Check[];
}

/** All of them, in the order of their paths. */
export async function allSpecs(): Promise<Spec[]> {
  const specs: Spec[] = [];
  for (const path of globSync('specs/**/*.{ded,ts}', { cwd: ROOT }).sort()) {
    const [about = '', ...sections] = sectionsOf(readFileSync(ROOT + path, 'utf8'));
    const checks = path.endsWith('.ts') ? await checksOfModule(path) : resolveChecks(programAt(path));
    specs.push({ path, about, sections, checks });
  }
  return specs;
}

/** What a comment at the beginning of a text says. */
function sectionsOf(text: string): string[] {
  const comment = /^\/\*\*?([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  const sections = lines
    .join('\n')
    .trim()
    .split(/\n\n|\n(?=[A-Z][a-z]+(?: [a-z]+){0,2}: )/);
  return sections.map((section) => section.replaceAll(/\s+/g, ' '));
}

/** The program of a spec in Dedalus. @throws Error if it is not accepted */
export function programAt(path: string): Program {
  const { program } = loadProgram([ROOT + path], fileReader);
  if (!program) throw new Error(`${path} has mistakes: \`npx ldfi check ${path}\` lists them`);
  return program;
}

async function checksOfModule(path: string): Promise<Check[]> {
  const exported: unknown[] = Object.values(await import(pathToFileURL(ROOT + path).href));
  const blooms = exported.filter(isBloom).flatMap((one) => loadBloom(one).program ?? []);
  if (blooms.length > 0) return blooms.flatMap((program) => resolveChecks(program));
  const protocols = exported.filter((one) => isProtocol(one) || isSystem(one));
  return protocols.flatMap((one) => protocolChecks(one, {}, protocols.length === 1));
}
