/** What assertions throw or reject with; runners show it like an AssertionError of `node:assert`. */
export class ToleranceError extends Error {
  readonly code = 'ERR_ASSERTION';
  constructor(message: string) {
    super(message);
    this.name = 'AssertionError';
  }
}
