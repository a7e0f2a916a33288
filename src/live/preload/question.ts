/**
 * What a service asks before a query, what it is told, and what it says afterwards: one connection for each query, and
 * a line of JSON for each of these.
 *
 * ```
 * → { "headers": { "tracestate": "ldfi=3f9c21d07ab4.7" }, "library": "pg", "address": "127.0.0.1:5432",
 *     "operation": "INSERT", "target": "charges", "detail": "…" }
 * ← { "act": "go" }
 * → { "status": 200 }
 * ← { "act": "give" }
 * ```
 */
import type { Passed } from '../context.js';

export const LIBRARIES = ['pg', 'mysql2', 'ioredis'] as const;

export type Library = (typeof LIBRARIES)[number];

export interface Question {
  /** Of the request that the query is made for. */
  readonly headers: Passed;
  readonly library: Library;
  /** Of the database, as the service has it: `127.0.0.1:5432`, or the path of a socket. */
  readonly address: string;
  /** `INSERT`, `HSET`. */
  readonly operation: string;
  /** The table or the key. */
  readonly target: string;
  /** What tells it from its like: statement and parameters. */
  readonly detail: string;
}

/** How it went: 200 if the database did it, 500 if it answered with an error. */
export interface Report {
  readonly status: 200 | 500;
}

/**
 * `pass`: it belongs to no experiment, go on and say no more. `go`: go on, and say how it went. `refuse`: fail as if
 * the database answered with an error. `reset`: fail as if the connection broke. `give`: give the answer to who asked.
 */
export type Act = 'pass' | 'go' | 'refuse' | 'reset' | 'give';

export interface Instruction {
  readonly act: Act;
}

/** Most characters of a line. */
export const LONGEST = 64 * 1024;
