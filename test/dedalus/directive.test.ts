import { describe, expect, it } from 'vitest';
import { parseProgram } from '../../src/dedalus/load.js';
import { VERDICTS } from '../../src/dedalus/program.js';
import { summary } from './support.js';

const nothing = {
  name: undefined,
  eot: undefined,
  eff: undefined,
  crashes: undefined,
  nodes: undefined,
  expect: undefined,
};

describe('directives', () => {
  it.each<readonly [string, object]>([
    ['//! check', {}],
    ['//!check eot=6', { eot: 6 }],
    [
      '  //!  check   eot=6 eff=3 crashes=1 nodes=a,b,c expect=violated name=foo  ',
      { eot: 6, eff: 3, crashes: 1, nodes: ['a', 'b', 'c'], expect: 'violated', name: 'foo' },
    ],
    ['//! check name="two words" nodes="a, b" eot="7"\r\n', { name: 'two words', nodes: ['a', 'b'], eot: 7 }],
    ['//! check eot=1000 eff=1000 crashes=64', { eot: 1000, eff: 1000, crashes: 64 }],
    ['//! check eot=1 eff=0 crashes=0 nodes=n', { eot: 1, eff: 0, crashes: 0, nodes: ['n'] }],
    ...VERDICTS.map((verdict) => [`a("n")@1; //! check expect=${verdict}`, { expect: verdict }] as const),
  ])('%s', (text, expected) => {
    const result = parseProgram(text);
    expect(summary(result)).toEqual([]);
    const [check] = result.program?.checks ?? [];
    const { span, ...rest } = check ?? { span: { start: 0, end: 0 } };
    expect(rest).toEqual({ ...nothing, ...expected });
    expect(text.slice(span.start, span.end)).toBe(text.slice(text.indexOf('//!')).replace('\r\n', ''));
  });

  it.each([
    ['//! check eot=0', '15 directive-value', undefined],
    ['//! check eot=1001', '15 directive-value', undefined],
    ['//! check eot=six', '15 directive-value', undefined],
    ['//! check eot=-1', '15 directive-value', undefined],
    ['//! check eot=1e2', '15 directive-value', undefined],
    ['//! check eot=', '15 directive-value', undefined],
    ['//! check eff=1001', '15 directive-value', undefined],
    ['//! check crashes=65', '19 directive-value', undefined],
    ['//! check nodes=', '17 directive-value', /without blanks/],
    ['//! check nodes=a,,b', '17 directive-value', undefined],
    ['//! check nodes=a,b,a', '17 directive-value', undefined],
    ['//! check name=""', '16 directive-value', undefined],
    ['//! check expect=violatd', '18 directive-value', /did you mean `violated`/],
    ['//! check expect=perfect', '18 directive-value', /holds, violated/],
    ['//! check eot=3 eot=3', '17 directive-duplicate', undefined],
    ['//! check eto=3', '11 directive-key', /did you mean `eot`/],
    ['//! check colour=3', '11 directive-key', /name, eot, eff/],
    ['//! check eot = 3', '11 directive-word', /without blanks around/],
    ['//! check fast', '11 directive-word', /key=value/],
    ['//! check name="a', '16 directive-value', /close it/],
    ['//! chekc eot=3', '5 unknown-directive', /did you mean `check`/],
    ['//! run eot=3', '5 unknown-directive', /did you mean `check`/],
  ])('%s is an error', (text, expected, hint) => {
    const result = parseProgram(text);
    const [at, code] = expected.split(' ');
    expect(summary(result)).toContain(`input.ded:1:${at} ${code}`);
    expect(result.program).toBeUndefined();
    if (hint) expect(result.diagnostics.map((diagnostic) => diagnostic.hint).join()).toMatch(hint);
  });

  it.each(['//! note to self', '//!', '//!!!'])('%s is a warning only: other people have comments, too', (text) => {
    const result = parseProgram(text);
    expect(result.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['unknown-directive', 'warning'],
    ]);
    expect(result.program?.checks).toEqual([]);
  });

  it('is no directive inside a string or a block comment, or with a blank before the !', () => {
    const result = parseProgram('a("//! check eot=0")@1; /*\n//! check eot=0\n*/ // ! check eot=0\n');
    expect(summary(result)).toEqual([]);
    expect(result.program?.checks).toEqual([]);
  });

  it('reports every mistake of a line', () => {
    expect(summary(parseProgram('//! check eot=0 foo=3 expect=never eot'))).toEqual([
      'input.ded:1:15 directive-value',
      'input.ded:1:17 directive-key',
      'input.ded:1:30 directive-value',
      'input.ded:1:36 directive-word',
    ]);
  });
});
