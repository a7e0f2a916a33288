/**
 * What is said of the outputs of a spec, as plain data: what `ldfi calm --json` writes, and all other forms are made
 * of.
 */

import type { CalmVerdict } from '../../calm/labels.js';
import type { PointKind } from '../../calm/points.js';
import type { Row } from '../../core/value.js';
import type { Fault } from '../../faults/fault.js';
import type { Place } from '../answer.js';
import type { TimelineLine } from '../formats/timeline.js';
import { printableJson, type SpecFiles } from '../result.js';

/** Where the order of messages matters. */
export interface PointResult {
  readonly kind: PointKind;
  readonly place: Place;
  /** The rule, as it is written. */
  readonly rule: string;
  /** The relations on whose timing it depends; of a race, those for a moment come first. */
  readonly of: readonly string[];
  readonly momentary: readonly string[];
}

/** One of two schedules: what happens in it, and the rows that the output has there and not in the other. */
export interface ScheduleResult {
  readonly delays: readonly Fault[];
  readonly timeline: readonly TimelineLine[];
  /** Rows at the end, and rows that it ever had, which the other schedule lacks. */
  readonly final: readonly Row[];
  readonly ever: readonly Row[];
}

export interface OutputResult {
  readonly relation: string;
  readonly verdict: CalmVerdict;
  /** Where the order matters: by number among the points, with the way from a message to the output. */
  readonly points: readonly { readonly point: number; readonly way: readonly string[] }[];
  /** Without delays, and with some. */
  readonly witness?: readonly [ScheduleResult, ScheduleResult] | undefined;
}

/** A relation in the dataflow. */
export interface FlowNode {
  readonly name: string;
  /** Nothing but facts make it. */
  readonly isInput: boolean;
  readonly isOutput: boolean;
  /** It keeps the rows that it has. */
  readonly isKept: boolean;
}

/** What leads from one relation to another. */
export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly time: 'deductive' | 'inductive' | 'async';
  readonly negated: boolean;
  readonly aggregated: boolean;
  readonly threshold: boolean;
  /** Whether the order of messages matters there. */
  readonly isOrder: boolean;
}

export interface CalmResult {
  readonly spec: SpecFiles;
  readonly nodes: readonly string[];
  readonly outputs: readonly OutputResult[];
  /**
   * Where the spec names no outputs, and those that were looked at are free: what only the promise reads and is not. It
   * may be what users see.
   */
  readonly unnamed: readonly string[];
  readonly points: readonly PointResult[];
  readonly flow: { readonly nodes: readonly FlowNode[]; readonly edges: readonly FlowEdge[] };
  /** What was tried to find witnesses; left out if nothing was. */
  readonly tried?: {
    readonly schedules: number;
    /** Those that did not come to rest, and show nothing. */
    readonly restless: number;
    /** Longest delay, the last tick whose messages were delayed, and the last of all. */
    readonly delay: number;
    readonly until: number;
    readonly end: number;
    /** Whether these were all schedules with such delays. */
    readonly complete: boolean;
    /** Why it was given up, if it was. */
    readonly stopped?: string | undefined;
  };
}

/** Grows by one when a reader of the old form could misread the new one. */
const SCHEMA_VERSION = 1;

export interface Calm {
  readonly version: string;
  readonly result: CalmResult;
}

export const calmToJson = ({ version, result }: Calm): string =>
  `${printableJson(JSON.stringify({ schemaVersion: SCHEMA_VERSION, tool: { name: 'ldfi', version }, ...result }, undefined, 2))}\n`;

/** Outputs that the analysis calls free and that two schedules disagree about: one of the two is wrong. */
export const contradictionsIn = ({ outputs }: CalmResult): readonly OutputResult[] =>
  outputs.filter(({ verdict, witness }) => verdict !== 'D' && witness);
