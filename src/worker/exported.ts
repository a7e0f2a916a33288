/**
 * What a module exports: its protocols or its Bloom program, and what else there is, in words.
 */
import { type Bloom, isBloom } from '../bloom/define.js';
import type { Problem } from '../core/invariant.js';
import { isProtocol } from '../protocol/define.js';
import type { Runnable } from '../protocol/host-of.js';
import { isSystem } from '../protocol/system/define.js';

export interface ExportedProtocol {
  readonly protocol: Runnable;
  /** Names by which the module itself exports it; `default` comes first. */
  readonly names: readonly string[];
}

const isRunnable = (value: unknown): value is Runnable => isProtocol(value) || isSystem(value);

/** Each once: the default export first, then by name of the export. */
export function protocolsIn(exports: Readonly<Record<string, unknown>>): ExportedProtocol[] {
  const { default: main, ...named } = exports;
  const inner = typeof main === 'object' && main !== null && !isRunnable(main) ? Object.values(main) : [];
  const found = new Map<unknown, Runnable>();
  for (const value of [main, ...inner, ...Object.values(named)])
    if (isRunnable(value) && !found.has(value.definition)) found.set(value.definition, value);
  return [...found.values()].map((protocol) => ({
    protocol,
    names: ['default', ...Object.keys(named)].filter((name) => {
      const value = exports[name];
      return isRunnable(value) && value.definition === protocol.definition;
    }),
  }));
}

/** The Bloom programs among the exports, each once. */
export const bloomsIn = (exports: Readonly<Record<string, unknown>>): Bloom[] => [
  ...new Set(Object.values(exports).filter(isBloom)),
];

/** Why there is nothing to search, if so. */
export function problemsOfExports(exports: Readonly<Record<string, unknown>>): readonly (Problem & { code: string })[] {
  const names = protocolsIn(exports).map(({ protocol }) => protocol.name);
  const blooms = bloomsIn(exports).map(({ name }) => name);
  if (blooms.length + names.length === 0) return [noProtocol(exports)];
  if (blooms.length > 0 && (blooms.length + names.length > 1 || !isBloom(exports.default)))
    return [notAlone([...blooms, ...names])];
  // Results tell protocols of one module apart by name.
  const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
  return twice.map((name) => ({
    code: 'same-name',
    path: [],
    message: `two protocols of this module are named "${name}"`,
    hint: 'give each a name of its own',
  }));
}

/** Results tell a Bloom program by its module. */
const notAlone = (names: readonly string[]): Problem & { code: string } => ({
  code: 'bad-bloom',
  path: [],
  message: `a Bloom program is the default export of its module, alone, and this one exports ${names.join(', ')}`,
  hint: 'put each into a module of its own: export default bloom(…)',
});

function noProtocol(exports: Readonly<Record<string, unknown>>): Problem & { code: string } {
  const { default: main, ...named } = exports;
  const names = Object.keys(named);
  // A module without exports is an empty object.
  const nothing = main === undefined || (typeof main === 'object' && Object.keys(main ?? {}).length === 0);
  const other = nothing
    ? 'it exports nothing'
    : `its default export is ${kindOf(main)} that defineProtocol has not made`;
  return {
    code: 'no-protocol',
    path: [],
    message: `no protocol is exported: ${names.length === 0 ? other : `it exports ${names.slice(0, 8).join(', ')}`}`,
    hint: "import { defineProtocol } from 'ldfi', and write: export default defineProtocol({ name, nodes, state, actor, check })",
  };
}

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};
