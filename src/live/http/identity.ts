/**
 * Names of calls that stay the same from experiment to experiment.
 *
 * ```
 * entry > shop POST /orders > stock PUT /items/:n 3fa2c1 #2
 * ```
 * The call during which it is made, the service, the method, the path with numbers and UUIDs replaced, a digest of what
 * tells it from its like, and how many such there were before. Ordinals alone would shift when an earlier branch is
 * skipped. What the digest is taken of depends on the route: the whole request where that is the same every time; the
 * request with its numbers, UUIDs and times replaced where it is not; or nothing.
 */
import { hashOf } from '../../core/hash.js';

/** What the digest of a route's calls is taken of. */
export type Precision = 'whole' | 'masked' | 'none';

export const PRECISIONS: readonly Precision[] = ['whole', 'masked', 'none'];

export interface Request {
  readonly service: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Undefined if it was too large to be looked at, or came in pieces. */
  readonly body: string | undefined;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const TIME = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?/g;
const LONG_HEX = /\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/gi;

/** Text without what is likely to differ from time to time. */
const masked = (text: string): string =>
  text.replace(UUID, ':uuid').replace(TIME, ':time').replace(LONG_HEX, ':hex').replace(/\d+/g, ':n');

/** A path with its numbers replaced, though not that of a version: `/v1/items/:n`. */
const maskedPath = (path: string): string =>
  path
    .split('/')
    .map((part) =>
      /^v\d{1,2}$/.test(part)
        ? part
        : part
            .replace(UUID, ':uuid')
            .replace(LONG_HEX, ':hex')
            .replace(/%[0-9a-f]{2}|\d+/gi, (found) => (found.startsWith('%') ? found : ':n')),
    )
    .join('/');

/** The kind of call: `stock PUT /items/:n`. */
export function routeOf({ service, method, target }: Request): string {
  const [path = ''] = target.split('?');
  return `${service} ${method} ${maskedPath(path)}`;
}

/** What tells a call from others of its route, shortened; empty if there is nothing. */
function digestOf({ target, body = '' }: Request, precision: Precision): string {
  if (precision === 'none') return '';
  const [path = '', query = ''] = target.split('?');
  const detail = maskedPath(path) === path ? '' : path;
  if (precision === 'masked' && query === '' && body === '') return '';
  if (detail === '' && query === '' && body === '') return '';
  const text = JSON.stringify([precision === 'whole' ? detail : '', query, body]);
  return hashOf(precision === 'whole' ? text : masked(text)).slice(0, 6);
}

/** A call's name but for its number, during its parent. */
export function nameOf(request: Request, parent: string | undefined, precision: Precision): string {
  const digest = digestOf(request, precision);
  const own = `${routeOf(request)}${digest === '' ? '' : ` ${digest}`}`;
  return parent === undefined ? own : `${parent} > ${own}`;
}

/** The last part of a name, for where the parents are shown already. */
export const ownPart = (id: string): string => id.split(' > ').at(-1) ?? id;

/**
 * The most precise way to name the calls of each route that gave the same names in every experiment.
 * @param experiments what was asked in each, without faults
 */
export function precisionsOf(experiments: readonly (readonly Request[])[]): Map<string, Precision> {
  const routes = new Set(experiments.flat().map(routeOf));
  const found = new Map<string, Precision>();
  for (const route of routes) {
    const asked = experiments.map((requests) => requests.filter((request) => routeOf(request) === route));
    const isStable = (precision: Precision): boolean =>
      new Set(
        asked.map((requests) =>
          requests
            .map((it) => digestOf(it, precision))
            .sort()
            .join(),
        ),
      ).size <= 1;
    found.set(route, PRECISIONS.find(isStable) ?? 'none');
  }
  return found;
}
