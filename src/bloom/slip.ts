/**
 * A mistake in a Bloom program, thrown where it is made, and the list in which all mistakes of a program are kept.
 */

/** Its stack leads to the user's line. */
export class Slip extends Error {
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message);
    this.name = 'BloomSlip';
  }
}

/** A mistake, and where it was made. */
export interface Mistake {
  readonly message: string;
  readonly hint: string | undefined;
  readonly origin: Origin;
}

/** Where a method was called: an error made there, for its stack, and the method's name. */
export interface Origin {
  readonly error: Error;
  readonly call: string;
}

export const originOf = (call: string): Origin => ({ error: new Error(call), call });

/** The mistakes of one program, in the order in which they were made. */
export class Mistakes {
  readonly all: Mistake[] = [];

  add(message: string, hint: string | undefined, origin: Origin): void {
    this.all.push({ message, hint, origin });
  }

  /** Does it, and keeps what slips; undefined if something did. What else is thrown is the user's, and goes on. */
  guard<T>(origin: Origin, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Slip)) throw error;
      this.add(error.message, error.hint, { ...origin, error });
      return undefined;
    }
  }
}
