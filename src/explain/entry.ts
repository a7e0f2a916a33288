/**
 * What is said of one word: a code, a verdict, a kind of fault, a term of the field.
 *
 * Texts are written over several lines; whoever shows them joins the lines (`prose`).
 */

/** What `ldfi explain` knows of a word. */
export interface Entry {
  /** What it means, in two to six sentences. */
  readonly means: string;
  /** Other spellings by which it is found, as a report prints it: `NO POST`. */
  readonly also?: readonly string[];
  /** Source that shows it. Of a diagnostic: a program that gives this code and no other. */
  readonly example?: string;
  /** The same program, as it should be: it gives no diagnostic at all. */
  readonly mended?: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** Where to read on: a page of `docs/`, perhaps with an anchor. */
  readonly read: string;
}

/** Entries by word, in the order in which they are listed. */
export type Entries = Readonly<Record<string, Entry>>;

/** Text of several source lines as one. */
export const prose = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ');
