/**
 * OpenTelemetry as a service loads it, with nothing that exports; `SAMPLER=off` samples nothing.
 *
 * ```sh
 * node --require ./telemetry.cjs service.cjs
 * ```
 */
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { AlwaysOffSampler, AlwaysOnSampler, NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');

const sampler = process.env.SAMPLER === 'off' ? new AlwaysOffSampler() : new AlwaysOnSampler();
new NodeTracerProvider({ sampler }).register();
registerInstrumentations({ instrumentations: [new HttpInstrumentation()] });
