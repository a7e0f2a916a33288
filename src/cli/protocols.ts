/**
 * Protocols from modules: whatever a module exports that `defineProtocol` made, by default or by name.
 */
import type { SourceFile } from '../dedalus/ast.js';
import type { Diagnostic } from '../dedalus/diagnostic.js';
import { isProtocol } from '../protocol/define.js';
import type { AnyProtocol } from '../protocol/types.js';
import { loadModule } from './modules.js';

export interface LoadedProtocols {
  readonly protocols: readonly AnyProtocol[];
  /** The module first, then what it imports. */
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** @param optional a module that exports no protocol is a mere part of one: no protocols, no diagnostics */
export async function loadProtocols(path: string, optional = false): Promise<LoadedProtocols> {
  const { exports, files, trouble } = await loadModule(path);
  if (trouble.length > 0) return { protocols: [], files, diagnostics: trouble };
  const protocols = protocolsIn(exports);
  const missing = protocols.length === 0 && !optional ? [noProtocol(exports)] : [];
  return { protocols, files, diagnostics: [...missing, ...sameNames(protocols)] };
}

/** Each once: the default export first, then by name of the export. */
function protocolsIn(exports: Readonly<Record<string, unknown>>): AnyProtocol[] {
  const { default: main, ...named } = exports;
  const inner = typeof main === 'object' && main !== null && !isProtocol(main) ? Object.values(main) : [];
  const found = new Map<unknown, AnyProtocol>();
  for (const value of [main, ...inner, ...Object.values(named)])
    if (isProtocol(value) && !found.has(value.definition)) found.set(value.definition, value);
  return [...found.values()];
}

const WHOLE = { file: 0, start: 0, end: 0 };

function noProtocol(exports: Readonly<Record<string, unknown>>): Diagnostic {
  const { default: main, ...named } = exports;
  const names = Object.keys(named);
  // A module without exports is an empty object.
  const nothing = main === undefined || (typeof main === 'object' && Object.keys(main ?? {}).length === 0);
  const other = nothing
    ? 'it exports nothing'
    : `its default export is ${kindOf(main)} that defineProtocol has not made`;
  const has = names.length === 0 ? other : `it exports ${names.slice(0, 8).join(', ')}`;
  return {
    severity: 'error',
    code: 'no-protocol',
    message: `no protocol is exported: ${has}`,
    span: WHOLE,
    hint: "import { defineProtocol } from 'ldfi', and write: export default defineProtocol({ name, nodes, state, actor, check })",
  };
}

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/** Results tell protocols of one module apart by name. */
function sameNames(protocols: readonly AnyProtocol[]): Diagnostic[] {
  const names = protocols.map(({ name }) => name);
  const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
  return twice.map((name) => ({
    severity: 'error',
    code: 'same-name',
    message: `two protocols of this module are named "${name}"`,
    span: WHOLE,
    hint: 'give each a name of its own',
  }));
}
