/**
 * From spans to calls: who called whom by HTTP, in a tree, with the names that experiments would give them.
 *
 * A call is the span of a caller, with that of its callee below it if the callee is instrumented, too. The root is the
 * request at the edge.
 */
import type { Experiment } from '../../experiments/experiment.js';
import { type HttpFaultKind, kindsFor } from '../http/faults.js';
import { nameOf, type Request } from '../http/identity.js';
import { jaeger } from './jaeger.js';
import { otlp } from './otlp.js';
import { attribute, type Span } from './span.js';
import { zipkin } from './zipkin.js';

interface TracedCall extends Request {
  readonly id: string;
  readonly parent: string | undefined;
  /** Host and port of the callee, as the caller had them; undefined if the trace does not say. */
  readonly host: string | undefined;
}

export interface TracedRequest {
  /** The request at the edge; undefined if the trace does not have it. */
  readonly edge: (Request & { readonly host: string | undefined }) | undefined;
  readonly calls: readonly TracedCall[];
  /** Spans of calls that are not HTTP: databases, queues. */
  readonly others: number;
}

/** Reads a file of any of the formats, whole or one document a line; undefined if it is none. */
export function spansOf(text: string): Span[] | undefined {
  const documents = parsed(text);
  const spans = documents?.flatMap((data) => [otlp(data) ?? jaeger(data) ?? zipkin(data)]);
  return spans?.every((list) => list !== undefined) ? spans.flatMap((list) => list ?? []) : undefined;
}

function parsed(text: string): unknown[] | undefined {
  try {
    return [JSON.parse(text)];
  } catch {
    try {
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as unknown);
    } catch {
      return undefined;
    }
  }
}

/** The request of the trace with the most spans. */
export function requestOf(spans: readonly Span[]): TracedRequest {
  const traces = new Map<string, Span[]>();
  for (const span of spans) traces.set(span.trace, [...(traces.get(span.trace) ?? []), span]);
  const largest = [...traces.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  const ordered = [...largest].sort((a, b) => a.start - b.start);
  const byId = new Map(ordered.map((span) => [span.id, span]));
  const root = ordered.find((span) => span.kind === 'server' && (!span.parent || !byId.has(span.parent)));
  const names = new Map<string, string>();
  const numbers = new Map<string, number>();
  const calls: TracedCall[] = [];
  let others = 0;
  for (const span of ordered.filter(({ kind }) => kind === 'client')) {
    const callee = ordered.find(({ parent, kind }) => parent === span.id && kind === 'server');
    const asked = requestIn(
      span,
      callee?.service ?? attribute(span, 'peer.service', 'server.address', 'net.peer.name'),
    );
    if (!asked) {
      others++;
      continue;
    }
    const parent = callAbove(span, byId, names);
    const name = nameOf(asked, parent, 'whole');
    const number = (numbers.get(name) ?? 0) + 1;
    numbers.set(name, number);
    const id = `${name} #${number}`;
    names.set(span.id, id);
    calls.push({ ...asked, id, parent, host: hostOf(span) });
  }
  const edge = root && requestIn(root, root.service);
  return { edge: edge && { ...edge, host: root && hostOf(root) }, calls, others };
}

/** The name of the call during which a span was made. A circle of parents ends. */
function callAbove(
  span: Span,
  byId: ReadonlyMap<string, Span>,
  names: ReadonlyMap<string, string>,
): string | undefined {
  const seen = new Set<string>();
  for (let id = span.parent; id !== undefined && !seen.has(id); id = byId.get(id)?.parent) {
    if (names.has(id)) return names.get(id);
    seen.add(id);
  }
  return undefined;
}

function requestIn(span: Span, service = 'unknown'): Request | undefined {
  const method = attribute(span, 'http.request.method', 'http.method');
  if (method === undefined) return undefined;
  const url = attribute(span, 'url.full', 'http.url');
  const path = attribute(span, 'url.path', 'http.target', 'http.path');
  const target = path ?? (url === undefined ? '/' : (urlOf(url)?.pathname ?? '/'));
  return { service, method: method.toUpperCase(), target, body: undefined };
}

function hostOf(span: Span): string | undefined {
  const url = urlOf(attribute(span, 'url.full', 'http.url') ?? '');
  if (url) return url.host;
  const address = attribute(span, 'server.address', 'net.peer.name', 'http.host', 'net.host.name');
  const port = attribute(span, 'server.port', 'net.peer.port', 'net.host.port');
  return address === undefined || port === undefined || address.includes(':') ? address : `${address}:${port}`;
}

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/** What the trace would be as an experiment without faults. */
export const experimentOf = ({ calls }: TracedRequest, kinds: readonly HttpFaultKind[]): Experiment => ({
  faults: [],
  fired: [],
  calls: calls.map(({ id, parent, method }) => ({ id, parent, kinds: kindsFor(method, kinds) })),
  support: calls.map(({ id }) => id),
  outcome: { kind: 'good' },
  problems: [],
});
