/**
 * Spans of a trace, as far as they say which service called which: the same from every format.
 */

export interface Span {
  readonly trace: string;
  readonly id: string;
  readonly parent: string | undefined;
  readonly service: string;
  readonly kind: 'client' | 'server' | 'other';
  /** Microseconds. */
  readonly start: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a reader makes of parsed JSON; undefined if it is not of its format. */
export type TraceReader = (data: unknown) => Span[] | undefined;

export function kindOf(text: string): Span['kind'] {
  const kind = text.toLowerCase();
  if (kind === '3' || kind.endsWith('client')) return 'client';
  return kind === '2' || kind.endsWith('server') ? 'server' : 'other';
}

/** The first of some attributes that is there: names have changed over the years. */
export const attribute = ({ attributes }: Span, ...names: string[]): string | undefined =>
  names.map((name) => attributes[name]).find((value) => value !== undefined && value !== '');
