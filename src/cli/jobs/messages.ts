/**
 * What a command and the processes that search for it say to each other. All of it is plain data: a process that
 * searches reads the spec itself, and gives back an answer that needs neither the spec nor another run.
 */
import { createHash } from 'node:crypto';
import type { Findings } from '../../answer/findings.js';
import type { Subject } from '../../answer/subject.js';
import type { SourceFile } from '../../dedalus/ast.js';
import type { Check } from '../../search/check.js';
import type { Cube } from '../../search/cube.js';
import type { SearchFlags } from '../commands/search.js';
import type { Origin } from '../load/load.js';

/** Of how many specs a process keeps what it has read: of one spec there are several checks. */
export const MOST_KEPT = 4;

/** One check that is to be searched. */
export interface Request {
  readonly origin: Origin;
  /** What its files said when they were read: they may have been edited since. */
  readonly text: string;
  readonly check: Check;
  readonly label: string;
  readonly flags: SearchFlags;
  /** Whether what was learned of a protocol is kept. */
  readonly keeps: boolean;
  /** What to say if its files say something else by now; there is a default. */
  readonly otherwise?: string | undefined;
  /** Only this part of it is to be searched; or all of them have been. */
  readonly split?: { readonly cube: Cube } | { readonly parts: readonly Findings[] } | undefined;
}

export type Task =
  | { readonly kind: 'search'; readonly request: Request }
  /** A module is to be loaded, and kept for the searches that follow. `part`: it may be a mere part of something. */
  | { readonly kind: 'load'; readonly path: string; readonly part: boolean };

export type ToSearcher =
  | (Task & { readonly id: number })
  /** Ends what is under way: a search gives back what it has found. */
  | { readonly kind: 'abort' };

export type FromSearcher =
  /** For stderr; progress is of interest only while nobody waits for something else. */
  | { readonly kind: 'said'; readonly id: number; readonly text: string }
  | { readonly kind: 'progress'; readonly id: number; readonly text: string }
  /** `Timed` for a check, `Findings` for a part of one, `LoadedProtocols` without hosts for a module. */
  | { readonly kind: 'came'; readonly id: number; readonly came: unknown }
  /** It cannot be done; why, in words; undefined: it was not reached. */
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string | undefined };

const known = new WeakMap<readonly SourceFile[], string>();

/** The same for the same files with the same texts. */
export function textOf({ files }: Pick<Subject, 'files'>): string {
  const before = known.get(files);
  if (before !== undefined) return before;
  const text = digestOf(files.map((file) => [file.path, file.text]));
  known.set(files, text);
  return text;
}

/** A short name for plain data, the same on every machine. */
export const digestOf = (data: unknown): string =>
  createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 32);
