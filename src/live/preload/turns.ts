/**
 * Queries of one request on one connection are made in the order in which they were asked for, though each is asked
 * about first. Those of other requests do not wait for them.
 */
type Turns = Map<string, Promise<void>>;

const connections = new WeakMap<object, Turns>();

export interface Turn {
  /** Those before have been sent. */
  readonly come: Promise<void>;
  /** This one has been sent, or never will be. */
  readonly over: () => void;
}

/** @param request what tells requests apart */
export function takeTurn(connection: object, request: string): Turn {
  const turns: Turns = connections.get(connection) ?? new Map();
  connections.set(connection, turns);
  const come = turns.get(request) ?? Promise.resolve();
  let release = (): void => undefined;
  const mine = new Promise<void>((resolve) => {
    release = resolve;
  });
  turns.set(request, mine);
  const over = (): void => {
    release();
    if (turns.get(request) === mine) turns.delete(request);
  };
  return { come, over };
}
