/**
 * Zipkin's JSON, version 2: an array of spans. Caller and callee may share one span id; then the callee's span is taken
 * for a child of the caller's, and what the callee calls for a child of its own.
 */
import * as z from 'zod';
import { kindOf, type TraceReader } from './span.js';

const endpoint = z
  .object({ serviceName: z.string().optional(), ipv4: z.string().optional(), port: z.number().optional() })
  .default({});

const schema = z.array(
  z.object({
    traceId: z.string(),
    id: z.string(),
    parentId: z.string().optional(),
    kind: z.string().default(''),
    timestamp: z.number().default(0),
    localEndpoint: endpoint,
    remoteEndpoint: endpoint,
    tags: z.record(z.string(), z.string()).default({}),
  }),
);

export const zipkin: TraceReader = (data) => {
  const parsed = schema.safeParse(data);
  if (!parsed.success) return undefined;
  const sides = (kind: string) =>
    new Set(parsed.data.filter((span) => kindOf(span.kind) === kind).map(({ traceId, id }) => `${traceId} ${id}`));
  const [clients, servers] = [sides('client'), sides('server')];
  const isShared = (trace: string, id: string): boolean =>
    clients.has(`${trace} ${id}`) && servers.has(`${trace} ${id}`);
  return parsed.data.map(({ traceId, id, parentId, kind, timestamp, localEndpoint, remoteEndpoint, tags }) => {
    const isCallee = kindOf(kind) === 'server' && isShared(traceId, id);
    const { serviceName, ipv4, port } = remoteEndpoint;
    const above = parentId !== undefined && isShared(traceId, parentId) ? `${parentId} callee` : parentId;
    return {
      trace: traceId,
      id: isCallee ? `${id} callee` : id,
      parent: isCallee ? id : above,
      service: localEndpoint.serviceName ?? 'unknown',
      kind: kindOf(kind),
      start: timestamp,
      attributes: {
        ...(serviceName !== undefined && { 'peer.service': serviceName }),
        ...(ipv4 !== undefined && { 'server.address': ipv4 }),
        ...(port !== undefined && { 'server.port': String(port) }),
        ...tags,
      },
    };
  });
};
