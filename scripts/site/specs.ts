/** The specs of this repository as the gallery shows them: where each is, what it says of itself, its checks. */
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { globSync } from 'tinyglobby';
import { protocolChecks } from '../../src/answer/protocol-checks.js';
import { isBloom } from '../../src/bloom/define.js';
import { loadBloom } from '../../src/bloom/load.js';
import { fileReader } from '../../src/cli/io/file-reader.js';
import { loadProgram } from '../../src/dedalus/load.js';
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
  readonly checks: readonly Check[];
}

/** All of them, in the order of their paths. */
export async function allSpecs(): Promise<Spec[]> {
  const specs: Spec[] = [];
  for (const path of globSync('specs/**/*.{ded,ts}', { cwd: ROOT }).sort()) {
    const about = firstParagraph(readFileSync(ROOT + path, 'utf8'));
    specs.push({ path, about, checks: path.endsWith('.ts') ? await checksOfModule(path) : checksOfProgram(path) });
  }
  return specs;
}

/** What a comment at the beginning of a text says, up to its first empty line. */
function firstParagraph(text: string): string {
  const comment = /^\/\*\*?([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  const [first = ''] = lines.join('\n').trim().split('\n\n');
  return first.replaceAll(/\s+/g, ' ');
}

function checksOfProgram(path: string): Check[] {
  const { program } = loadProgram([ROOT + path], fileReader);
  if (!program) throw new Error(`${path} has mistakes: \`npx ldfi check ${path}\` lists them`);
  return resolveChecks(program);
}

async function checksOfModule(path: string): Promise<Check[]> {
  const exported: unknown[] = Object.values(await import(pathToFileURL(ROOT + path).href));
  const blooms = exported.filter(isBloom).flatMap((one) => loadBloom(one).program ?? []);
  if (blooms.length > 0) return blooms.flatMap((program) => resolveChecks(program));
  const protocols = exported.filter((one) => isProtocol(one) || isSystem(one));
  return protocols.flatMap((one) => protocolChecks(one, {}, protocols.length === 1));
}
