/**
 * What is on its way between nodes: a message, a request, or the answer to one.
 */
import { type Snapshot, snapshot } from '../data/plain.js';

interface Sent {
  readonly to: string;
  readonly data: Snapshot;
}

export interface Request extends Sent {
  readonly kind: 'request';
  /** Of `net.request`, or of `fetch`. */
  readonly via: 'net' | 'http';
  /** Its number among those of its sender. */
  readonly id: number;
}

export type Parcel =
  | (Sent & { readonly kind: 'message' })
  | Request
  | (Sent & { readonly kind: 'answer'; readonly id: number })
  /** The receiver threw; `data` is what it said. */
  | (Sent & { readonly kind: 'error'; readonly id: number });

/** As reports show it: a message is its data; the others say what they are. */
export function shown(parcel: Parcel): Snapshot {
  const { kind, data } = parcel;
  if (kind === 'message') return data;
  const { id } = parcel;
  return snapshot(kind === 'error' ? { kind: 'answer', id, error: data.copy } : { kind, id, data: data.copy });
}
