/**
 * Where the parts of a protocol stand in its module, with their line.
 */
import type { SourceFile } from '../../../dedalus/ast.js';
import { type Handler, placeInModule } from '../../reporters/locate.js';
import type { Source } from '../views.js';

/** Longest line that is quoted. */
const LONGEST = 100;

export function handlerSource(files: readonly SourceFile[], protocol: string, handler: Handler): Source {
  const { file, line } = placeInModule(files, protocol, handler);
  const text = files.find(({ path }) => path === file)?.text.split(/\r?\n/)[line - 1] ?? '';
  return { file, line, text: text.trim().slice(0, LONGEST) };
}
