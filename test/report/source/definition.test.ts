/**
 * Definitions of protocols and their parts, found in modules.
 */
import { expect, it } from 'vitest';
import { locate } from '../../../src/dedalus/locate.js';
import { callBefore, callOf, definitionOf, spanInDefinition } from '../../../src/report/source/definition.js';

const FILES = [
  {
    path: 'p.ts',
    text: `import { defineProtocol } from 'ldfi';
// defineProtocol({ name: 'none' })
export const one = defineProtocol<State, Map<string, (x: number) => void>>({
  name: 'one',
  checks: [{ eto: 6 }],
} as never);
const two: ProtocolDefinition = {
  name: 'two',
  actor: () => ({ onMesage() {} }),
};
export default defineProtocol(two);
export const three = defineProtocol(make('three'));
`,
  },
  { path: 'handlers.ts', text: 'export const handlers = { $on(x) {} };\n' },
];

const place = (span: { file: number; start: number; end: number } | undefined): string | undefined => {
  if (!span) return undefined;
  const { path, line, column } = locate(FILES, span);
  return `${path}:${line}:${column} ${FILES[span.file]?.text.slice(span.start, span.end)}`;
};

const property = (protocol: string, path: (string | number)[]): string | undefined => {
  const call = callOf(FILES, protocol);
  return call && place(spanInDefinition(FILES, call, path));
};

it('properties of what is handed over, after type arguments, in brackets, by the name of a constant', () => {
  expect(property('one', ['checks', 0, 'eto'])).toBe('p.ts:5:14 eto');
  expect(property('one', ['name'])).toBe('p.ts:4:3 name');
  const call = callBefore(FILES, { file: 0, start: 0, end: (FILES[0]?.text ?? '').indexOf('(two)') });
  expect(place(call)).toBe('p.ts:11:16 defineProtocol');
  expect(place(call && spanInDefinition(FILES, call, ['actor']))).toBe('p.ts:9:3 actor');
});

it('what cannot be found: the call', () => {
  expect(property('one', ['actor'])).toBe('p.ts:3:20 defineProtocol');
  expect(property('one', [])).toBe('p.ts:3:20 defineProtocol');
  expect(property('three', ['name'])).toBe('p.ts:12:22 defineProtocol');
  expect(callBefore(FILES, { file: 0, start: 0, end: 60 })).toBeUndefined();
  expect(callBefore(FILES, { file: 7, start: 0, end: 60 })).toBeUndefined();
});

it('a call by the name that an import gives it', () => {
  const text = "import { defineProtocol as define } from 'ldfi';\ndefine({ name: 'x' });";
  const call = callOf([{ path: 'p.ts', text }], 'x');
  expect(call && text.slice(call.start)).toBe("define({ name: 'x' });");
});

it('definitions by name, whatever is in it', () => {
  expect(place(definitionOf(FILES, 'two', 'onMesage'))).toBe('p.ts:9:19 onMesage');
  expect(place(definitionOf(FILES, 'two', '$on'))).toBe('handlers.ts:1:27 $on');
  expect(definitionOf(FILES, 'two', '(.*')).toBeUndefined();
});
