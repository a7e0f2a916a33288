/**
 * Jaeger's JSON, as its page saves it: `{ "data": [{ "spans": […], "processes": {…} }] }`.
 */
import * as z from 'zod';
import { kindOf, type TraceReader } from './span.js';

const schema = z.object({
  data: z.array(
    z.object({
      spans: z.array(
        z.object({
          traceID: z.string(),
          spanID: z.string(),
          processID: z.string(),
          startTime: z.number().default(0),
          references: z.array(z.object({ refType: z.string(), spanID: z.string() })).default([]),
          tags: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]),
        }),
      ),
      processes: z.record(z.string(), z.object({ serviceName: z.string() })),
    }),
  ),
});

export const jaeger: TraceReader = (data) => {
  const parsed = schema.safeParse(data);
  if (!parsed.success) return undefined;
  return parsed.data.data.flatMap(({ spans, processes }) =>
    spans.map((span) => {
      const attributes = Object.fromEntries(span.tags.map(({ key, value }) => [key, String(value)]));
      return {
        trace: span.traceID,
        id: span.spanID,
        parent: span.references.find(({ refType }) => refType === 'CHILD_OF')?.spanID,
        service: processes[span.processID]?.serviceName ?? 'unknown',
        kind: kindOf(attributes['span.kind'] ?? ''),
        start: span.startTime,
        attributes,
      };
    }),
  );
};
