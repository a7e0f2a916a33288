/**
 * Warnings beside a verdict in words: what is so, where, what the line there says, and what to do about it.
 */
import { type Entries, prose } from '../explain/entry.js';
import { VERDICT_ENTRIES } from '../explain/verdicts.js';
import { WARNINGS } from '../explain/warnings.js';
import type { CheckResult } from './schema.js';

type Warning = NonNullable<CheckResult['warnings']>[number];

/** `p.ded:3:1`, or the name of a handler; empty if it is about no place. */
function placeInWords({ place }: Pick<Warning, 'place'>): string {
  if (!place) return '';
  return 'handler' in place ? place.handler : `${place.path}:${place.line}:${place.column}`;
}

/** What to do about it; empty where nothing is known. */
export function remedyOf({ code }: Pick<Warning, 'code'>): string {
  const known: Entries = { ...VERDICT_ENTRIES, ...WARNINGS };
  return prose(known[code]?.remedy ?? '');
}

/** `Warning [dead-rule]: p.ded:3:1: this rule can never fire.` */
export function warningInWords(warning: Warning): string {
  const place = placeInWords(warning);
  return `Warning [${warning.code}]: ${place === '' ? '' : `${place}: `}${warning.message}`;
}

/** The same with the line that it is about, and what to do. */
export function warningLines(warning: Warning): string[] {
  const { place } = warning;
  const frame = place && 'path' in place && place.text ? [`  ${place.line} | ${place.text}`] : [];
  const remedy = remedyOf(warning);
  return [warningInWords(warning), ...frame, ...(remedy === '' ? [] : [`  Remedy: ${remedy}`])];
}
