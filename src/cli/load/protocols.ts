/**
 * Protocols from modules, whatever a module exports that `defineProtocol` made, by default or by name; or its Bloom
 * program.
 */
import type { BloomProgram } from '../../bloom/model.js';
import { renamed } from '../../bloom/rename.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Diagnostic } from '../../dedalus/diagnostic.js';
import type { ProtocolHost, ProtocolInfo } from '../../protocol/runtime/host.js';
import { type CompiledFiles, loadModule } from './modules.js';

export interface LoadedProtocols {
  readonly protocols: readonly {
    readonly info: ProtocolInfo;
    readonly names: readonly string[];
    /** Undefined where another process has loaded it. */
    readonly host?: ProtocolHost;
  }[];
  /** The module first, then what it imports. */
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly compiled: CompiledFiles;
  /** Its places name files as `files` does. */
  readonly bloom?: BloomProgram;
}

export type ProtocolLoader = (
  path: string,
  optional: boolean,
  signal?: AbortSignal,
  known?: CompiledFiles,
) => Promise<LoadedProtocols>;

/**
 * @param optional a module that exports no protocol is a mere part of one: no protocols, no diagnostics
 * @param signal gives loading up, which rejects with its reason
 * @param known what the compiler made of its files before, if that is known
 */
export async function loadProtocols(
  path: string,
  optional = false,
  signal?: AbortSignal,
  known?: CompiledFiles,
): Promise<LoadedProtocols> {
  const { loaded, thread, files, trouble } = await loadModule(path, signal, known);
  if (!loaded) return { protocols: [], files, diagnostics: trouble, compiled: new Map() };
  const diagnostics = loaded.problems
    .filter(({ code }) => !(optional && code === 'no-protocol'))
    .map(({ code, message, hint }) => ({
      severity: 'error' as const,
      code,
      message,
      hint,
      span: { file: 0, start: 0, end: 0 },
    }));
  if (loaded.protocols.length === 0) thread?.close();
  const paths = loaded.files.map((file) => file.path);
  const nameOf = (path: string): string => files[paths.indexOf(path)]?.path ?? '';
  return {
    protocols: loaded.protocols,
    files,
    diagnostics,
    compiled: loaded.compiled,
    ...(loaded.bloom && { bloom: renamed(loaded.bloom, nameOf) }),
  };
}
