/**
 * What the page of experiments shows, of services and of nodes alike: everything in words, in its order, and the pictures
 * laid out. Made when the page is written, so that the page's script only draws.
 */
import type { ExitCode } from '../../report/meaning.js';
import type { NodesPicture } from '../nodes/report/picture.js';
import type { Recorded } from '../recorded/schema.js';
import type { Timeline } from '../report/timeline.js';

export interface PageModel {
  /** The file, or the workload. */
  readonly about: string;
  readonly mark: 'good' | 'bad' | 'warn';
  /** `VIOLATED`. */
  readonly verdict: string;
  /** What the verdict means for this system, in a sentence or two. */
  readonly meaning: string;
  readonly exit: ExitCode;
  /** Names and texts: the promise, the request, the bounds. */
  readonly terms: readonly (readonly [string, string])[];
  readonly found: readonly Found[];
  /** Without faults, where nothing was found. */
  readonly usual: Picture | undefined;
  /** Why nothing can be concluded, or what is doubtful. */
  readonly doubts: readonly string[];
  /** What the verdict rests on. */
  readonly rests: readonly string[];
  /** What it does not say. */
  readonly silent: readonly string[];
  readonly recorded: Recorded | undefined;
  /** Sets of up to so many faults are what it is about. */
  readonly sizes: number;
  /**
   * What ways of succeeding say of the promise: `all` that faults would have to cut; a `hint`, because a call that fails
   * early keeps a part of the promise for nothing; `nothing`, because that is so of all of it.
   */
  readonly ways: 'all' | 'hint' | 'nothing';
  /** By id of a call: how people know it. */
  readonly names: Readonly<Record<string, string>>;
  /** By kind of fault: its words. */
  readonly kinds: Readonly<Record<string, string>>;
  /** What a fault hits: `call` or `message`. */
  readonly unit: string;
  readonly trying: Trying;
  readonly command: string;
}

/** The command that would try what was not tried: with the faults in its middle, or only their number. */
interface Trying {
  readonly before: string;
  readonly after: string;
  readonly middle: 'faults' | 'number';
}

export interface Found {
  readonly faults: readonly { readonly call: string; readonly kind: string }[];
  /** One for each fault. */
  readonly words: readonly string[];
  /** What broke. */
  readonly why: readonly string[];
  readonly reproduced: string;
  /** What happened, in sentences. */
  readonly story: readonly string[];
  /** Other faults at the same calls, which break the promise as well. */
  readonly also: readonly string[];
  readonly picture: Picture;
  readonly command: string;
}

export type Picture =
  | { readonly kind: 'timeline'; readonly timeline: Timeline }
  | { readonly kind: 'nodes'; readonly nodes: NodesPicture };
