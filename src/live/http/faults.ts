/**
 * What can happen to a call, and when each may.
 *
 * | kind | the caller sees | the callee |
 * | --- | --- | --- |
 * | `status` | an error status, at once | is not asked |
 * | `reset` | a connection that is broken off | is not asked |
 * | `hang` | nothing, until it gives up | is not asked |
 * | `delay` | the answer, later | is asked later |
 * | `lost` | a connection that is broken off | has done the work |
 * | `cut` | half an answer | has done the work |
 */

export const KINDS = ['status', 'reset', 'hang', 'delay', 'lost', 'cut'] as const;

export type HttpFaultKind = (typeof KINDS)[number];

export const USUAL_KINDS: readonly HttpFaultKind[] = ['status', 'lost', 'hang'];

/** What the kinds are made with. */
export interface FaultSettings {
  /** Of an error, 400 to 599. */
  readonly status: number;
  /** Milliseconds of a delay. */
  readonly delayMs: number;
  /** Milliseconds after which a call that hangs is reset at last. */
  readonly hangMs: number;
}

const SAFE = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/** Methods that change something each time. */
export const isRepeatable = (method: string): boolean => [...SAFE, 'PUT', 'DELETE'].includes(method);

/** The kinds among `wanted` that make sense: losing the answer to a request that changes nothing is a mere reset. */
export const kindsFor = (method: string, wanted: readonly HttpFaultKind[]): readonly HttpFaultKind[] =>
  wanted.filter((kind) => kind !== 'lost' || !SAFE.includes(method));

/** The kinds that make sense for queries of databases, whose answers come whole or not at all. */
export const queryKinds = (wanted: readonly HttpFaultKind[]): readonly HttpFaultKind[] =>
  wanted.filter((kind) => kind !== 'cut');

/** A fault after which the answer arrived all the same, so that what hangs below the call still counts. */
export const arrives = (kind: string): boolean => kind === 'delay';

export const KIND_WORDS: Readonly<Record<HttpFaultKind, string>> = {
  status: 'answered with an error',
  reset: 'connection broken off',
  hang: 'no answer',
  delay: 'answered late',
  lost: 'done, but the answer was lost',
  cut: 'answer cut off in the middle',
};
