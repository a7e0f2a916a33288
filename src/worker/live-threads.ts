/**
 * All threads of modules that there are, so that they can be ended together; kept apart, because who has none loads
 * nothing for it.
 */

const closers = new Set<() => void>();

export const noteThread = (close: () => void): void => void closers.add(close);
export const forgetThread = (close: () => void): void => void closers.delete(close);

export function closeThreads(): void {
  for (const close of closers) close();
}

/** A module was given up before it was loaded. */
export class LoadTimeout extends Error {}
