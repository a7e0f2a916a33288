/**
 * Where the user's code threw, by the stack of what it threw: `shop.ts:30` for the innermost call that stands in the
 * module or in a file of the user's that it imports.
 *
 * The name is relative to the module, so that the text does not depend on the machine. Columns are left out: the stack
 * has those of the compiled code.
 */
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const FRAME = /^\s*at (?:.*\()?(.*?):(\d+):(\d+)\)?$/;

/** A call on a stack; line and column from 1, the column that of the compiled code. */
export interface Frame {
  /** Absolute, with forward slashes. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The innermost call of a stack that stands in one of these files. @param files absolute paths */
export function frameIn(error: unknown, files: { has(path: string): boolean }): Frame | undefined {
  for (const text of stackOf(error)) {
    const [, at = '', line, column] = FRAME.exec(text) ?? [];
    const path = pathOf(at);
    if (files.has(path)) return { path, line: Number(line), column: Number(column) };
  }
  return undefined;
}

/**
 * @param module absolute path
 * @param files absolute paths of the user's files
 */
export function throwPlaces(module: string, files: ReadonlySet<string>): (error: unknown) => string | undefined {
  return (error) => {
    const frame = frameIn(error, files);
    return frame && `${relative(dirname(module), frame.path).replaceAll('\\', '/')}:${frame.line}`;
  };
}

/** Whatever was thrown may have no stack, or throw when it is asked for one. */
function stackOf(error: unknown): string[] {
  try {
    const stack: unknown = error instanceof Error ? error.stack : undefined;
    return typeof stack === 'string' ? stack.split('\n') : [];
  } catch {
    return [];
  }
}

function pathOf(at: string): string {
  try {
    return at.startsWith('file:') ? fileURLToPath(at) : at.replaceAll('\\', '/');
  } catch {
    return at;
  }
}
