/**
 * OTLP as JSON, as the collector's file exporter writes it: `{ "resourceSpans": […] }`.
 */
import * as z from 'zod';
import { kindOf, type TraceReader } from './span.js';

const attributes = z
  .array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()).optional() }))
  .default([])
  .transform((list) =>
    Object.fromEntries(list.map(({ key, value }) => [key, String(Object.values(value ?? {})[0] ?? '')])),
  );

const schema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }).default({ attributes: {} }),
      scopeSpans: z
        .array(
          z.object({
            spans: z
              .array(
                z.object({
                  traceId: z.string(),
                  spanId: z.string(),
                  parentSpanId: z.string().optional(),
                  kind: z.union([z.string(), z.number()]).default(0),
                  startTimeUnixNano: z.union([z.string(), z.number()]).default(0),
                  attributes,
                }),
              )
              .default([]),
          }),
        )
        .default([]),
    }),
  ),
});

export const otlp: TraceReader = (data) => {
  const parsed = schema.safeParse(data);
  if (!parsed.success) return undefined;
  return parsed.data.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap(({ spans }) => spans)
      .map((span) => ({
        trace: span.traceId,
        id: span.spanId,
        parent: span.parentSpanId || undefined,
        service: resource.attributes['service.name'] ?? 'unknown',
        kind: kindOf(String(span.kind)),
        start: Number(span.startTimeUnixNano) / 1_000,
        attributes: span.attributes,
      })),
  );
};
