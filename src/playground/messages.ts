/**
 * What the page and its workers say to each other, and what the page is given by the build.
 */
import type { Answered, Question } from './question.js';

/** To the worker: first the solver, compiled; then one question at a time. */
export type ToWorker =
  | { readonly kind: 'solver'; readonly module: WebAssembly.Module }
  | { readonly kind: 'question'; readonly question: Question; readonly milliseconds: number };

/** From the worker: once it can be asked, and after each question. */
export type FromWorker = { readonly kind: 'ready' } | { readonly kind: 'answer'; readonly answered: Answered };

/** What the page is made of. */
export interface PlaygroundData {
  readonly version: string;
  /** The script of the workers, gzipped, in base64. */
  readonly worker: string;
  /** The solver as WebAssembly, gzipped, in base64. */
  readonly solver: string;
  /** Specs and the files that they include: path and text, sorted. */
  readonly gallery: readonly (readonly [string, string])[];
}
