/**
 * A service: what nodes may ask beside each other. It never fails; messages to it and from it may.
 */
import type { Body } from '../message.js';

/** What a service says, without its numbers. */
export type Answer = Pick<Body, 'type'> & Readonly<Record<string, unknown>>;

export interface Service {
  /**
   * Answers one request at once.
   * @param client who asks
   * @param isStale whether from the oldest state that the contract of the service allows
   */
  handle(body: Body, client: string, isStale?: boolean): Answer;
  /** Whether a request would be answered otherwise now if it were stale. */
  hasOlderAnswer(body: Body, client: string): boolean;
}

/** Codes of errors that the protocol fixes. */
export const ERROR = {
  timeout: 0,
  notSupported: 10,
  malformed: 12,
  crash: 13,
  noSuchKey: 20,
  preconditionFailed: 22,
} as const;

export const errorAnswer = (code: number, text: string): Answer => ({ type: 'error', code, text });
