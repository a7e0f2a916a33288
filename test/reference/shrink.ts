/**
 * Makes a failing program small enough to read: drops lines, then literals, then tightens the bounds, as long as it
 * still fails (delta debugging: Zeller, Hildebrandt, 2002). The predicate must be false for texts that the front end
 * rejects.
 */
import type { Bounds } from '../../src/faults/fault.js';
import type { RandomSpec } from './random-program.js';

/** The smallest spec that greedy removal finds for which `stillFails` is true; it must be true for `spec`. */
export async function shrinkSpec(
  spec: RandomSpec,
  stillFails: (spec: RandomSpec) => Promise<boolean>,
): Promise<RandomSpec> {
  let small = spec;
  for (;;) {
    const before = small;
    small = await withoutLines(small, stillFails);
    small = await withoutLiterals(small, stillFails);
    small = await withSmallerBounds(small, stillFails);
    if (small.text === before.text && small.bounds === before.bounds) return small;
  }
}

async function withoutLines(spec: RandomSpec, stillFails: (spec: RandomSpec) => Promise<boolean>): Promise<RandomSpec> {
  let lines = spec.text.split('\n').filter((line) => line.trim() !== '');
  for (let chunk = Math.max(1, lines.length >> 1); chunk >= 1; chunk >>= 1) {
    for (let start = 0; start < lines.length; ) {
      const fewer = [...lines.slice(0, start), ...lines.slice(start + chunk)];
      if (await stillFails({ ...spec, text: `${fewer.join('\n')}\n` })) lines = fewer;
      else start += chunk;
    }
  }
  const text = `${lines.join('\n')}\n`;
  return (await stillFails({ ...spec, text })) ? { ...spec, text } : spec;
}

async function withoutLiterals(
  spec: RandomSpec,
  stillFails: (spec: RandomSpec) => Promise<boolean>,
): Promise<RandomSpec> {
  let small = spec;
  const count = spec.text.split('\n').length;
  for (let line = 0; line < count; line++) {
    for (let literal = 0; ; ) {
      const lines = small.text.split('\n');
      const [head, body] = (lines[line] ?? '').split(':-');
      if (body === undefined || head?.startsWith('//')) break;
      const literals = body.replace(/;\s*$/, '').split(/,(?![^(]*\))/);
      if (literal >= literals.length || literals.length < 2) break;
      lines[line] = `${head}:-${literals.filter((_, i) => i !== literal).join(',')};`;
      const shorter = { ...small, text: lines.join('\n') };
      if (await stillFails(shorter)) small = shorter;
      else literal++;
    }
  }
  return small;
}

async function withSmallerBounds(
  spec: RandomSpec,
  stillFails: (spec: RandomSpec) => Promise<boolean>,
): Promise<RandomSpec> {
  let small = spec;
  const tighten = async (change: (bounds: Bounds) => Bounds | undefined): Promise<void> => {
    for (;;) {
      const bounds = change(small.bounds);
      if (bounds === undefined || !(await stillFails({ ...small, bounds }))) return;
      small = { ...small, bounds };
    }
  };
  await tighten((it) => (it.crashes > 0 ? { ...it, crashes: it.crashes - 1 } : undefined));
  await tighten((it) => (it.eff > 1 ? { ...it, eff: it.eff - 1 } : undefined));
  await tighten((it) => (it.eot > 1 ? { ...it, eot: it.eot - 1 } : undefined));
  for (const node of spec.bounds.nodes) {
    const nodes = small.bounds.nodes.filter((it) => it !== node);
    const smaller = { ...small, bounds: { ...small.bounds, nodes } };
    if (nodes.length > 0 && (await stillFails(smaller))) small = smaller;
  }
  return small;
}
