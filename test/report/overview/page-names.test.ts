import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageNames } from '../../../src/report/overview/page-names.js';

const names = (...paths: string[]): string[] => pageNames(paths.map((path) => [path]));

describe('where the page of a spec goes', () => {
  test('in the folders of the specs', () => {
    expect(names('specs/a/x.ded', 'specs/b/x.ded', 'y.ts')).toEqual(['specs/a/x.html', 'specs/b/x.html', 'y.html']);
    expect(names('../other/x.ded', '/abs/x.ded', 'C:/x.ded')).toEqual(['other/x.html', 'abs/x.html', 'x.html']);
  });

  test('names that would be one are told apart, also where case does not count', () => {
    expect(names('a/x.ded', 'a/x.ts')).toEqual(['a/x.ded.html', 'a/x.ts.html']);
    expect(names('X.ded', 'x.ded', '../x.ded')).toEqual(['X.ded.html', 'x.ded-2.html', 'x.ded-3.html']);
    expect(names('index.ded', 'a/index.ded')).toEqual(['index.ded.html', 'a/index.html']);
    expect(names('é.ded', 'e\u0301.ded')).toEqual(['é.ded.html', 'e\u0301.ded-2.html']);
  });

  test('other scripts stay, what file systems refuse or nobody sees does not', () => {
    expect(names('спека/申请 👩\u200d💻.ded')).toEqual(['спека/申请 👩\u200d💻.html']);
    expect(names('a:b?/c\u202e\x07"d\\e.ded')).toEqual(['a-b-/c---d-e.html']);
  });

  test('whatever specs are called, each has a page of its own below the folder, and no page is a folder', () => {
    const part = fc.oneof(
      fc.constantFrom('..', '.', '', 'x', 'X', 'x.html', 'index', 'a.ded'),
      fc.string({ unit: 'binary' }),
    );
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.array(path, { maxLength: 8 }), (paths) => {
        const found = names(...paths).map((name) => name.normalize('NFC').toLowerCase());
        expect(new Set([...found, 'index.html']).size).toBe(paths.length + 1);
        for (const name of found) {
          expect(name).toMatch(/^(?!\/).+\.html$/);
          const folders = name.split('/').slice(0, -1);
          for (const folder of folders) expect(folder).not.toMatch(/^\.{0,2}$|\.html$|[\\:*?"<>|\p{Cc}]/u);
        }
      }),
    );
  });

  test('long names are cut', () => {
    const [name = ''] = names(`${'ж'.repeat(300)}.ded`);
    expect(new TextEncoder().encode(name).length).toBeLessThan(230);
    expect(new Set(names(`${'ж'.repeat(300)}.ded`, `${'ж'.repeat(301)}.ded`)).size).toBe(2);
  });
});
