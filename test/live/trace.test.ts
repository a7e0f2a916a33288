/**
 * The one member in the headers by which a call is known.
 */
import { describe, expect, test } from 'vitest';
import { firstHeaders, originOf, withToken } from '../../src/live/http/trace.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const token = (call: number): string => `3f9c21d07ab4.${call}`;

describe('a token', () => {
  test('is read from tracestate, with whatever others have put there', () => {
    const headers = { traceparent: `00-${TRACE}-00f067aa0ba902b7-00`, tracestate: `vendor=x, ldfi=${token(3)},b=1` };
    expect(originOf(headers)).toEqual({ token: token(3), trace: TRACE });
  });

  test('is read from baggage where tracestate is lost, without its properties', () => {
    expect(originOf({ baggage: `user=1, ldfi = ${token(4)};ttl=3` })).toEqual({ token: token(4), trace: undefined });
    expect(originOf({ baggage: ['a=1', `ldfi=${token(5)}`] }).token).toBe(token(5));
  });

  test('is none if it is not one of ours', () => {
    for (const member of ['ldfi=', 'ldfi=x', 'ldfi=3f9c21d07ab4.', 'xldfi=3f9c21d07ab4.1', `ldfi=${token(1)}z`])
      expect(originOf({ tracestate: member }).token).toBeUndefined();
  });

  test('takes the place of the one before, so that nothing grows', () => {
    let headers: Record<string, string> = {
      ...firstHeaders(TRACE, '00f067aa0ba902b7', token(0)),
      tracestate: `ldfi=${token(0)},v=1`,
    };
    const length = JSON.stringify(headers).length;
    for (let call = 1; call < 9; call++)
      headers = { ...headers, ...(withToken(headers, token(call)) as typeof headers) };
    expect(headers).toMatchObject({ tracestate: `ldfi=${token(8)},v=1`, baggage: `ldfi=${token(8)}` });
    expect(JSON.stringify(headers).length).toBe(length);
  });

  test('is taken away at the edge, and nothing else', () => {
    expect(withToken({ tracestate: `ldfi=${token(1)},v=1`, baggage: `ldfi=${token(1)}` }, undefined)).toEqual({
      tracestate: 'v=1',
      baggage: undefined,
    });
    expect(withToken({ tracestate: 'v=1', baggage: 'a=1' }, undefined)).toEqual({});
  });

  test('does not begin a tracestate without a traceparent', () => {
    expect(withToken({}, token(2))).toEqual({ baggage: `ldfi=${token(2)}` });
  });
});
