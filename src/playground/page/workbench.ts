/**
 * The files that are worked on: those of the gallery, and what was written instead. The spec that is chosen and all that
 * it includes are the program.
 */
import type { SourceFile } from '../../dedalus/ast.js';
import { type LoadResult, loadProgram } from '../../dedalus/load.js';
import { memoryReader } from '../../dedalus/reader.js';
import type { Linked } from '../link.js';

/** A spec that is not in the gallery, to begin with. */
export const OWN = 'my-spec.ded';
const OWN_TEXT = `// One message, and whether it is there at the end.
//! check eot=4 eff=2 crashes=0

include "specs/broadcast/agreement.inc";

log(X, M) :- bcast(X, M);
log(Y, M)@async :- bcast(X, M), node(X, Y);
log(X, M)@next :- log(X, M);
`;

export class Workbench {
  private readonly gallery: ReadonlyMap<string, string>;
  private readonly edited = new Map<string, string>();
  /** Path of the spec that is chosen. */
  spec: string;

  constructor(gallery: readonly (readonly [string, string])[]) {
    this.gallery = new Map([[OWN, OWN_TEXT], ...gallery]);
    this.spec = OWN;
  }

  /** Paths of the specs to choose from, and of what they include. */
  get paths(): string[] {
    return [...new Set([...this.gallery.keys(), ...this.edited.keys()])];
  }

  has(path: string): boolean {
    return this.textOf(path) !== undefined;
  }

  textOf(path: string): string | undefined {
    return this.edited.get(path) ?? this.gallery.get(path);
  }

  write(path: string, text: string): void {
    if (this.gallery.get(path) === text) this.edited.delete(path);
    else this.edited.set(path, text);
  }

  isEdited(path: string): boolean {
    return this.edited.has(path);
  }

  /** Those of these files that are not as in the gallery. */
  changes(files: readonly SourceFile[]): Linked['edited'] {
    return files.filter(({ path }) => this.isEdited(path)).map(({ path, text }) => [path, text]);
  }

  /** Takes back what was written into these files. */
  restore(files: readonly SourceFile[]): void {
    for (const { path } of files) if (this.gallery.has(path)) this.edited.delete(path);
  }

  load(): LoadResult {
    return loadProgram([this.spec], memoryReader(Object.fromEntries([...this.gallery, ...this.edited])));
  }
}
