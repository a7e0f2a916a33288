/**
 * `"ldfi": "ldfi test"` among the scripts of a `package.json`, whose text otherwise stays as it is: its indentation, its
 * line ends, its lists in one line.
 */
import * as z from 'zod';
import { findProperty } from '../../report/source/literal.js';

/** The names that the script may have: the first that is free. */
const NAMES = ['ldfi', 'test:ldfi'] as const;
const COMMAND = 'ldfi test';

const packageSchema = z.looseObject({ scripts: z.record(z.string(), z.unknown()).optional() });
type Package = z.infer<typeof packageSchema>;

/** The new text and the name of the script; or why the file is left alone. */
export type Scripted = { readonly text: string; readonly name: string } | { readonly reason: string };

/** @param text of a `package.json` */
export function withScript(text: string): Scripted {
  const found = read(text);
  if (!found) return { reason: 'it is no package.json that can be read' };
  const { scripts = {} } = found;
  const there = Object.entries(scripts).find(
    ([, command]) => typeof command === 'string' && /\bldfi\s+test\b/.test(command),
  );
  if (there) return { reason: `its script "${there[0]}" runs it already` };
  const name = NAMES.find((one) => !Object.hasOwn(scripts, one));
  if (name === undefined) return { reason: `it has scripts ${NAMES.join(' and ')} of its own` };
  const wanted = { ...found, scripts: { ...scripts, [name]: COMMAND } };
  const inserted = found.scripts ? afterLastScript(text, scripts, name) : afterLastText(text, found, name);
  return { name, text: inserted !== undefined && isSame(read(inserted), wanted) ? inserted : rewritten(text, wanted) };
}

function read(text: string): Package | undefined {
  try {
    return packageSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whether two packages say the same, in whatever order. */
function isSame(a: unknown, b: unknown): boolean {
  const sorted = (_: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
      : value;
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted);
}

function afterLastScript(text: string, scripts: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const last = Object.keys(scripts).at(-1);
  return last === undefined
    ? undefined
    : insertedAfter(text, ['scripts', last], () => `${JSON.stringify(name)}: ${JSON.stringify(COMMAND)}`);
}

function afterLastText(text: string, found: Package, name: string): string | undefined {
  const last = Object.keys(found).findLast((key) => typeof found[key] === 'string');
  if (last === undefined) return undefined;
  const script = `${JSON.stringify(name)}: ${JSON.stringify(COMMAND)}`;
  return insertedAfter(text, [last], (lead) =>
    lead === ' ' ? `"scripts": { ${script} }` : `"scripts": {${lead}${indentOf(text)}${script}${lead}}`,
  );
}

/**
 * The text with a property after another one, whose value is a string.
 * @param property is told what stands before a property: a line end and blanks, or one blank
 */
function insertedAfter(text: string, path: string[], property: (lead: string) => string): string | undefined {
  const key = findProperty(text, text.indexOf('{'), path);
  const value = key && /^\s*:\s*"(?:[^"\\]|\\.)*"/.exec(text.slice(key.end));
  if (!value) return undefined;
  const at = key.end + value[0].length;
  const lead = /\r?\n[ \t]*$/.exec(text.slice(0, key.start))?.[0] ?? ' ';
  return `${text.slice(0, at)},${lead}${property(lead)}${text.slice(at)}`;
}

const indentOf = (text: string): string => /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';

/** As npm would write it. */
function rewritten(text: string, wanted: Package): string {
  const json = JSON.stringify(wanted, null, indentOf(text));
  return text.endsWith('\n') ? `${json}\n` : json;
}
