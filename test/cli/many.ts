/**
 * A folder in which `ldfi test` has everything to say: specs and protocols that hold, are violated or vacuous, one that
 * cannot be read, and one whose handler throws.
 */
import { expecting, folder, oneMessage, read, SPECS } from './support.js';

const CHECKS = `{ name: 'calm', eot: 4, eff: 0 }, { name: 'loss', eot: 4, eff: 2, expect: 'violated' }, { name: 'wrong', eot: 4, eff: 2 }`;

export const manySpecs = (): string =>
  folder({
    'ldfi.config.json': '{ "reports": "out" }',
    'a/violated.ded': SPECS.violated,
    'a/expected.ded': expecting(SPECS.violated, 'violated'),
    'a/holds.ded': SPECS.holds,
    'b/vacuous.ded': SPECS.vacuous,
    'b/no-post.ded': SPECS.noPost,
    'b/bad.ded': SPECS.bad,
    'c/alarm.ded': SPECS.disagreeing,
    'c/one.ts': oneMessage(CHECKS),
    'c/throws.ts': oneMessage(`{ name: 'thrown', eot: 4, eff: 2 }`).replace(
      'void (ctx.state.has = true)',
      "{ throw new Error('no'); }",
    ),
    'c/wrong.ts': oneMessage(`{ name: 'wrong', eot: 4, eff: 2 }`).replace(
      /check: .*/,
      'check: (world) => { const it = undefined;\n    return it.x;\n  },',
    ),
    'd/two.ded': SPECS.holds.replace(/.*\n/, '//! check name=x eot=4 eff=0 nodes=a,b\n//! check name=y eot=5 eff=3\n'),
  });

const FORMS = ['json', 'junit', 'sarif', 'markdown', 'tap', 'text'];

/** Flags that write all forms of report to `out`, where the pages are, too. */
export const WRITING = FORMS.flatMap((form) => ['--reporter', `${form}=out/${form}`]);

const PAGES = [
  'a/violated',
  'a/expected',
  'a/holds',
  'b/vacuous',
  'b/no-post',
  'c/alarm',
  'c/one',
  'c/throws',
  'd/two',
];

export const reportsIn = (cwd: string): { readonly name: string; readonly text: string }[] =>
  [...FORMS, 'ldfi.json', 'test/index.html', ...PAGES.map((page) => `test/${page}.html`)].map((name) => ({
    name,
    text: read(cwd, 'out', name),
  }));
