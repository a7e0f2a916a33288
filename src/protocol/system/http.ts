/**
 * HTTP between nodes: `fetch('http://store/items/7')` asks the node `store`, which answers by what it gave `net.serve`.
 *
 * A request and its answer are a message each, with the whole body. A node that serves nothing refuses, as a closed port
 * does; of one that is down nothing is heard. `Request`, `Response` and redirects are those of the Fetch standard.
 */
import type { Life } from './life.js';
import { ask } from './requests.js';

/** A request or an answer, as it travels: plain data. */
interface Travelling {
  /** What is set several times (cookies are) is a list. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Text if it is UTF-8. */
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

interface Asked extends Travelling {
  readonly method: string;
  readonly url: string;
}

interface Answered extends Travelling {
  readonly status: number;
  readonly statusText?: string;
}

const MOST_REDIRECTS = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Of answers that have no body, not even an empty one. */
const BODILESS = new Set([204, 205, 304]);

/** As Node says it; the cause says why. */
const failed = (why: string): TypeError => new TypeError('fetch failed', { cause: new Error(why) });

/** `fetch`, for one node. @param nodes that there are */
export function makeFetch(life: Life, nodes: readonly string[]): typeof fetch {
  const nodeOf = (url: URL): string => {
    const { hostname, protocol } = url;
    const node = nodes.find((name) => name.toLowerCase() === hostname);
    if (node !== undefined && /^https?:$/.test(protocol)) return node;
    return life.refuse(
      'impure-handler',
      `fetch of ${url.href}: there is no node "${hostname}", and nothing outside of the virtual world can be reached. A node can stand for the outside (the nodes are ${nodes.join(', ')})`,
    );
  };
  return async (input, init) => {
    life.effect('fetch');
    let request = new Request(input, init);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const { url, method, headers, signal, redirect } = request;
      const to = nodeOf(new URL(url));
      const body = await bodyOf(request);
      const data = life.plain({ method, url, ...body, ...plainHeaders(headers) }, 'the request');
      const answer = (await ask(life, { kind: 'request', via: 'http', to, data }, { signal }).catch((error: Error) => {
        throw signal.aborted ? error : failed(error.message);
      })) as Answered;
      const response = responseOf(answer, url, redirects > 0);
      const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
      if (location === null || redirect === 'manual') return response;
      if (redirect === 'error') throw failed('unexpected redirect');
      request = redirected(request, body, response.status, new URL(location, url));
    }
    throw failed('redirect count exceeded');
  };
}

/** What the program of a node answers, as data. */
export async function served(life: Life, asked: unknown): Promise<Answered> {
  if (!life.serve) throw new Error(`connect ECONNREFUSED ${life.id}`);
  const { method, url, body, ...rest } = asked as Asked;
  const request = new Request(url, { method, headers: headersOf(rest), ...(body === undefined ? {} : { body }) });
  const response = await life.serve(request);
  if (typeof response?.arrayBuffer !== 'function')
    return life.refuse('bad-protocol', 'what net.serve was given must return a Response, or a promise of one');
  const { status, statusText } = response;
  return {
    status,
    ...(statusText === '' ? {} : { statusText }),
    ...(await bodyOf(response)),
    ...plainHeaders(response.headers),
  };
}

function redirected(request: Request, { body }: Travelling, status: number, url: URL): Request {
  const { method, headers, signal } = request;
  const asGet = status === 303 || (status < 303 && method === 'POST');
  if (asGet) headers.delete('content-type');
  return new Request(url, {
    method: asGet ? 'GET' : method,
    headers,
    signal,
    ...(asGet || body === undefined ? {} : { body }),
  });
}

function responseOf({ status, statusText = '', body, ...rest }: Answered, url: string, redirected: boolean): Response {
  const headers = headersOf(rest);
  const response = new Response(BODILESS.has(status) ? null : (body ?? ''), { status, statusText, headers });
  Object.defineProperties(response, { url: { value: url }, redirected: { value: redirected } });
  return response;
}

function plainHeaders(headers: Headers): Pick<Travelling, 'headers'> {
  const given: Record<string, string | string[]> = Object.fromEntries(headers);
  const cookies = headers.getSetCookie();
  if (cookies.length > 1) given['set-cookie'] = cookies;
  return Object.keys(given).length === 0 ? {} : { headers: given };
}

const headersOf = ({ headers = {} }: Travelling): Headers =>
  new Headers(
    Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as [string, string])),
  );

async function bodyOf(message: Request | Response): Promise<Pick<Travelling, 'body'>> {
  const bytes = new Uint8Array(await message.arrayBuffer());
  if (bytes.length === 0) return {};
  try {
    return { body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { body: bytes };
  }
}
