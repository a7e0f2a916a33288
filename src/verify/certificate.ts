/**
 * A certificate as text: for each check that holds the tree that proves it, and of what it is a certificate.
 *
 * ```json
 * {"certificate":1,"spec":"9f86d081…","checks":[
 * {"name":"usual","bounds":{"crashes":1,"eff":3,"eot":6,"nodes":["a","b"]},"tree":[4,0,[2,0,0]]}
 * ]}
 * ```
 * Nothing in it is believed: the verifier brings spec and bounds itself, and compares.
 */
import * as z from 'zod';
import type { Bounds } from '../faults/fault.js';
import type { Tree } from './tree.js';

/** Of one check. */
export interface Certified {
  readonly name: string;
  /** As `boundsText` writes them. */
  readonly bounds: string;
  readonly tree: Tree;
}

export interface Certificate {
  /** A digest of all files of the spec. */
  readonly spec: string;
  readonly checks: readonly Certified[];
}

/** Equal for equal bounds. */
export const boundsText = (bounds: Bounds): string =>
  JSON.stringify(Object.fromEntries(Object.entries(bounds).sort(([a], [b]) => (a < b ? -1 : 1))));

export function certificateToJson({ spec, checks }: Certificate): string {
  const lines = checks.map(
    ({ name, bounds, tree }) => `{"name":${JSON.stringify(name)},"bounds":${bounds},"tree":${JSON.stringify(tree)}}`,
  );
  return `{"certificate":1,"spec":${JSON.stringify(spec)},"checks":[\n${lines.join(',\n')}\n]}\n`;
}

const schema = z.strictObject({
  certificate: z.literal(1),
  spec: z.string().max(200),
  checks: z
    .array(z.strictObject({ name: z.string(), bounds: z.record(z.string(), z.unknown()), tree: z.unknown() }))
    .max(100_000),
});

const fact = z.tuple([z.int(), z.string()]).rest(z.union([z.string(), z.number()]));

/** The certificate, or what is wrong with the text, as a clause. */
export function certificateFromJson(
  text: string,
): { readonly certificate: Certificate } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: 'it is not JSON; was it cut off?' };
  }
  const { data, error } = schema.safeParse(json);
  if (!data)
    return { problem: `it is no certificate: ${error.issues[0]?.path.join('.')}: ${error.issues[0]?.message}` };
  const bad = data.checks.find(({ tree }) => !isTree(tree));
  if (bad) return { problem: `the tree of ${bad.name} is none` };
  const checks = data.checks.map(({ bounds, tree, ...rest }) => ({
    ...rest,
    bounds: boundsText(bounds as unknown as Bounds),
    tree: tree as Tree,
  }));
  return { certificate: { spec: data.spec, checks } };
}

function isTree(json: unknown): json is Tree {
  const waiting = [json];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === 0) continue;
    if (!Array.isArray(next) || next.length !== 3) return false;
    const [decision, ...branches] = next;
    if (!Number.isSafeInteger(decision) && !fact.safeParse(decision).success) return false;
    if (branches.some((branch) => branch !== 0 && !Array.isArray(branch))) return false;
    waiting.push(...branches);
  }
  return true;
}

/** Variables in a tree that a number of them does not have. */
export function unknownVariable(tree: Tree, count: number): number | undefined {
  const waiting = [tree];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === 0) continue;
    const [decision, ...branches] = next;
    if (typeof decision === 'number' && (decision < 0 || decision >= count)) return decision;
    waiting.push(...branches);
  }
  return undefined;
}

/** How many leaves a tree has. */
export function leavesOf(tree: Tree): number {
  let leaves = 0;
  const waiting = [tree];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === 0) leaves++;
    else waiting.push(next[1], next[2]);
  }
  return leaves;
}
