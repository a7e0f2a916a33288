/**
 * Faults as text: forms like `omit {from}>{to}@{tick}`, in which the fields of a fault stand, written and read back.
 */
import type { AnyFault, FaultKind } from './kind.js';

const PLACE = /\{(\w+)\}/g;
/** Names that cannot be mistaken for a part of a form. */
const PLAIN = /^[\p{L}\p{N}_.:-]+$/u;
/** A name, or one quoted as JSON does. */
const NAME = String.raw`("(?:[^"\\]|\\.)*"|[^\s"@>→,{}|]+)`;
const NUMBER = '([0-9]{1,9})';

/** The form with the fields of a fault: equal for equal faults only. */
export const filled = (form: string, fault: AnyFault): string =>
  form.replace(PLACE, (_, field: string) => {
    const value = (fault as unknown as Record<string, unknown>)[field];
    return typeof value === 'string' && !PLAIN.test(value) ? JSON.stringify(value) : String(value);
  });

/** The fault of a kind that a text is, in either of its forms; `>` and `→` are the same. */
export function parseAs(kind: FaultKind, text: string): AnyFault | undefined {
  const fields: Readonly<Record<string, string>> = kind.fields;
  for (const form of [kind.command, kind.short]) {
    const names = [...form.matchAll(PLACE)].map(([, name = '']) => name);
    const pattern = form
      .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
      .replace('→', '>')
      .replaceAll('>', '[>→]')
      .replace(PLACE, (_, name: string) => (fields[name] === 'tick' ? NUMBER : NAME))
      .replaceAll(' ', ' +');
    const found = new RegExp(`^ *${pattern} *$`).exec(text);
    const values = found && names.map((name, i) => [name, read(found[i + 1] ?? '', fields[name] === 'tick')]);
    if (values?.every(([, value]) => value !== undefined)) return { kind: kind.kind, ...Object.fromEntries(values) };
  }
  return undefined;
}

function read(text: string, isNumber: boolean): string | number | undefined {
  if (isNumber) return Number(text);
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
