/**
 * What is said first of every spec whose promise breaks: each line must be understood alone, so a change of any is to
 * be read. Below size 1 of every third spec.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { ask } from '../../../src/answer/ask.js';
import { DedalusSubject } from '../../../src/answer/dedalus.js';
import { ProtocolSubject } from '../../../src/answer/protocol.js';
import type { Subject } from '../../../src/answer/subject.js';
import { isBloom } from '../../../src/bloom/define.js';
import { loadBloom } from '../../../src/bloom/load.js';
import { fileReader } from '../../../src/cli/io/file-reader.js';
import { findSpecs } from '../../../src/cli/io/files.js';
import { loadProgram } from '../../../src/dedalus/load.js';
import { isProtocol } from '../../../src/protocol/define.js';
import { isSystem } from '../../../src/protocol/system/define.js';
import { breakingOf } from '../../../src/report/reporters/sentence.js';
import { systemOf } from '../../../src/testing/check.js';
import { isWhole } from '../../size.js';

const METHOD = { lineage: 'auto', invariant: 'strict', search: { first: true } } as const;

async function subjectsOf(path: string): Promise<Subject[]> {
  if (path.endsWith('.ded')) {
    const { program } = loadProgram([path], fileReader);
    return program ? [new DedalusSubject(program, program.files, [path])] : [];
  }
  const module = (await import(`../../../${path}`)) as Record<string, unknown>;
  return [...new Set(Object.values(module))].flatMap((protocol): Subject[] => {
    if (isBloom(protocol)) {
      const { program, files } = loadBloom(protocol);
      return program ? [new DedalusSubject(program, files, [path])] : [];
    }
    if (!isProtocol(protocol) && !isSystem(protocol)) return [];
    return [new ProtocolSubject(protocol, [], path, true, (bounds, options) => systemOf(protocol, bounds, options))];
  });
}

async function headlinesOf(path: string): Promise<string[]> {
  const lines: string[] = [];
  for (const subject of await subjectsOf(path))
    for (const check of subject.checks({})) {
      if (check.expect !== 'violated') continue;
      const { answer } = await ask(subject, check, METHOD, () => false);
      const [first] = answer.check.counterexamples;
      if (first) lines.push(`${basename(path)} ${check.name}: ${breakingOf(first, answer.check)}`);
    }
  return lines;
}

it('every broken promise has a headline that is understood alone', async () => {
  const { specs } = findSpecs(['specs'], (name) => /\.(?:ded|ts)$/.test(name));
  const chosen = isWhole ? specs : specs.filter((_, i) => i % 3 === 0);
  const lines: string[] = [];
  for (const path of chosen) lines.push(...(await headlinesOf(path)));
  if (isWhole) {
    expect(lines.length).toBeGreaterThan(70);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('headlines.txt');
  } else {
    const names = new Set(chosen.map((path) => basename(path)));
    const kept = readFileSync(new URL('headlines.txt', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toEqual(kept.filter((line) => names.has(line.split(' ')[0] ?? '')));
    expect(lines.length).toBeGreaterThan(20);
  }
}, 600_000);
