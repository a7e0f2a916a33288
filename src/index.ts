/**
 * The public API of `ldfi`.
 *
 * Load a spec with `loadProgram` (over any `SourceReader`) or `parseProgram`, turn its checks into bounds with
 * `resolveChecks`, make a `DedalusSystem`, and iterate over `search`. Everything here is deterministic and touches
 * neither files nor clock.
 *
 * ```ts
 * const { program, diagnostics } = parseProgram(text);
 * for (const { bounds } of resolveChecks(program))
 *   for await (const event of search(new DedalusSystem(program, bounds)))
 *     if (event.kind === 'verdict') console.log(event.verdict.kind);
 * ```
 */

export { protocolChecks } from './answer/protocol-checks.js';
export { type Bloom, bloom, isBloom } from './bloom/define.js';
export { loadBloom } from './bloom/load.js';
export type { Builder } from './bloom/types.js';
export { LdfiError, type LdfiErrorCode, type Problem } from './core/invariant.js';
export type { Outcome } from './core/outcome.js';
export type { Row, Value } from './core/value.js';
export type { SourceFile, Span } from './dedalus/ast.js';
export type { Diagnostic } from './dedalus/diagnostic.js';
export { type LoadResult, loadProgram, parseProgram } from './dedalus/load.js';
export { type CheckDirective, type Program, VERDICTS, type VerdictKind } from './dedalus/program.js';
export { memoryReader, type ReadResult, type SourceReader } from './dedalus/reader.js';
export { type Palette, renderDiagnostics } from './dedalus/render.js';
export { makeBounds } from './faults/bounds.js';
export { combinations } from './faults/count.js';
export type {
  Bounds,
  Crash,
  Delay,
  Duplication,
  Fault,
  Halt,
  Omission,
  Order,
  Partition,
  Restart,
  Scenario,
  Skew,
} from './faults/fault.js';
export { admit, canonical, formatScenario } from './faults/scenario.js';
export type { History, HistoryAnswer, HistoryLimits, Operation } from './history/history.js';
export { linearizable, sequential } from './history/linearizable.js';
export { type Model, type ModelStep, models } from './history/models.js';
export { type Access, monotonicReads, readYourWrites, type SessionOptions } from './history/sessions.js';
export { type DedalusOptions, DedalusSystem } from './lineage/ground/system.js';
export type { ProtocolRun } from './lineage/learned/run.js';
export { type ProtocolOptions, ProtocolSystem } from './lineage/learned/system.js';
export type { LineageSize, System, SystemRun } from './lineage/port.js';
export { type SansIoCore, sansIo } from './protocol/adapters/sansio.js';
export {
  type MachineEvent,
  type MachineOptions,
  type MachineState,
  machineActor,
  type PureXState,
} from './protocol/adapters/xstate.js';
export { defineProtocol, isProtocol } from './protocol/define.js';
export { defineSystem, isSystem } from './protocol/system/define.js';
export type {
  AnySystem,
  AsyncSystem,
  Disk,
  Incoming,
  Net,
  SystemDefinition,
  SystemNode,
} from './protocol/system/types.js';
export type {
  Actor,
  AnyProtocol,
  CheckAnswer,
  Context,
  Protocol,
  ProtocolCheck,
  ProtocolDefinition,
  Witness,
  World,
} from './protocol/types.js';
export { checkToText, type TextOptions, type TextPalette } from './report/formats/text.js';
export { type TimelineLine, timeline } from './report/formats/timeline.js';
export {
  type CheckResult,
  checkResult,
  type Result,
  resultToJson,
  toResult,
} from './report/result.js';
export { resultFromJson, SCHEMA_VERSION } from './report/schema.js';
export { type BoundOverrides, type Check, resolveChecks } from './search/check.js';
export type { SearchEvent, SearchOptions } from './search/events.js';
export { search } from './search/search.js';
export type { Counterexample, MinimalityWitness, SearchStatistics, StopReason, Verdict } from './search/verdict.js';
export type { Invariant } from './simulator/outcome.js';
export type { Firing, Message, Run, RunFact } from './simulator/run.js';
export { assertSurvives, assertTolerates } from './testing/assert.js';
export { type CheckOptions, check, systemOf } from './testing/check.js';

export { type Config, type ConfigEntry, defineConfig } from './testing/config.js';
export { ToleranceError } from './testing/tolerance-error.js';
