/**
 * How a call is known to belong to an experiment: one member in the headers that services pass on anyway.
 *
 * ```
 * traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
 * tracestate: ldfi=3f9c21d07ab4.7,vendor=x
 * baggage: ldfi=3f9c21d07ab4.7
 * ```
 * The token names an experiment and the call during which the next one is made. A proxy reads it, and writes the token
 * of the new call in its place, so nothing grows. The faults themselves never travel. Headers as in W3C Trace Context
 * and W3C Baggage; the sampled flag plays no part, and no exporter is needed. Where a service passes on `traceparent`
 * alone, the trace tells the experiment, though not the call.
 */

/** Header names in lower case, as `node:http` has them; a header that came several times is joined by commas. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What the headers of a call say about where it belongs. */
export interface Origin {
  /** `<experiment>.<number of the call>`. */
  readonly token: string | undefined;
  /** Trace id of 32 hexadecimal digits. */
  readonly trace: string | undefined;
}

const MEMBER = 'ldfi';
const TOKEN = /^[0-9a-f]{12}\.\d{1,7}$/;
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;

export const tokenOf = (experiment: string, call: number): string => `${experiment}.${call}`;

/** The two parts of a token. */
export function partsOf(token: string): { readonly experiment: string; readonly call: number } {
  const [experiment = '', call = ''] = token.split('.');
  return { experiment, call: Number(call) };
}

export function originOf(headers: Headers): Origin {
  const token = memberOf(headers.tracestate) ?? memberOf(headers.baggage);
  const trace = TRACEPARENT.exec(textOf(headers.traceparent).trim())?.[1];
  return { token, trace };
}

/** Headers with which ldfi's own request begins a trace. */
export const firstHeaders = (trace: string, span: string, token: string): Record<string, string> => ({
  traceparent: `00-${trace}-${span}-01`,
  tracestate: `${MEMBER}=${token}`,
  baggage: `${MEMBER}=${token}`,
});

/**
 * The headers of a call with a new token in place of what was said before, or with none. A `tracestate` is only written
 * beside a `traceparent`, without which it would mean nothing.
 * @returns only those that change; undefined for one that is to be left out
 */
export function withToken(headers: Headers, token: string | undefined): Record<string, string | undefined> {
  const changed: Record<string, string | undefined> = {};
  for (const name of ['tracestate', 'baggage'] as const) {
    const others = membersOf(headers[name]).filter((member) => !isOwn(member));
    const hadOwn = others.length < membersOf(headers[name]).length;
    const isWritten = token !== undefined && (name === 'baggage' || headers.traceparent !== undefined);
    const own = isWritten ? [`${MEMBER}=${token}`] : [];
    if (isWritten || hadOwn) changed[name] = [...own, ...others].join(',') || undefined;
  }
  return changed;
}

const textOf = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : (value ?? []).join(',');

const membersOf = (value: string | readonly string[] | undefined): string[] =>
  textOf(value)
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');

const isOwn = (member: string): boolean => /^ldfi\s*=/.test(member);

/** The token of the first member of ours that holds one; properties of baggage are none of our business. */
function memberOf(value: string | readonly string[] | undefined): string | undefined {
  for (const member of membersOf(value).filter(isOwn)) {
    const token =
      member
        .slice(member.indexOf('=') + 1)
        .split(';')[0]
        ?.trim() ?? '';
    if (TOKEN.test(token)) return token;
  }
  return undefined;
}
