/**
 * Faults as text: forms like `omit {from}>{to}@{tick}`, in which the fields of a fault stand, written and read back.
 */
import { getOrMake } from '../core/memo.js';
import type { AnyFault, FaultKind, Field } from './kind.js';

const PLACE = /\{(\w+)\}/g;
/** Names that cannot be mistaken for a part of a form. */
const PLAIN = /^[\p{L}\p{N}_.:-]+$/u;
/** A name, or one quoted as JSON does. */
const NAME = String.raw`(?:"(?:[^"\\]|\\.)*"|[^\s"@>→,{}|[\])+]+)`;
const PATTERNS: Readonly<Record<Field, string>> = {
  node: `(${NAME})`,
  nodes: `(${NAME}(?:\\s*,\\s*${NAME})*)`,
  tick: '([0-9]{1,9})',
  ticks: '([0-9]{1,9})',
  way: '\\s*([|>→])\\s*',
  nth: '(?:#([0-9]{1,2}))?',
};

/** Texts of faults by form, kept: the same ones are written again and again. */
const TEXTS = new WeakMap<AnyFault, Map<string, string>>();

/** The form with the fields of a fault: equal for equal faults only. */
export const filled = (form: string, fault: AnyFault): string =>
  getOrMake(
    getOrMake(TEXTS, fault, () => new Map()),
    form,
    () => written(form, fault),
  );

const written = (form: string, fault: AnyFault): string =>
  form.replace(PLACE, (_, field: string) => {
    const value = (fault as unknown as Record<string, unknown>)[field];
    if (field === 'nth') return value === undefined ? '' : `#${value}`;
    return Array.isArray(value) ? value.map(word).join(',') : word(value);
  });

const word = (value: unknown): string =>
  typeof value === 'string' && value !== '|' && value !== '>' && !PLAIN.test(value)
    ? JSON.stringify(value)
    : String(value);

/** The fault of a kind that a text is, in either of its forms; `>` and `→` are the same. */
export function parseAs(kind: FaultKind, text: string): AnyFault | undefined {
  const fields: Readonly<Record<string, string>> = kind.fields;
  for (const form of [kind.command, kind.short]) {
    const names = [...form.matchAll(PLACE)].map(([, name = '']) => name);
    const pattern = form
      .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
      .replace('→', '>')
      .replaceAll('>', '[>→]')
      .replace(PLACE, (_, name: string) => PATTERNS[fields[name] as Field])
      .replaceAll(' ', ' +');
    const found = new RegExp(`^ *${pattern} *$`).exec(text);
    const values = found && names.map((name, i) => [name, read(found[i + 1] ?? '', fields[name] as Field)]);
    const given = values?.filter(([name, value]) => value !== undefined || name !== 'nth');
    if (given?.every(([, value]) => value !== undefined)) return { kind: kind.kind, ...Object.fromEntries(given) };
  }
  return undefined;
}

function read(text: string, field: Field): string | number | readonly unknown[] | undefined {
  if (field === 'nth') return text === '' ? undefined : Number(text);
  if (field === 'tick' || field === 'ticks') return Number(text);
  if (field === 'way') return text === '→' ? '>' : text;
  if (field === 'nodes') {
    const names = (text.match(new RegExp(NAME, 'g')) ?? []).map((name) => read(name, 'node'));
    return names.includes(undefined) ? undefined : names;
  }
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
