/**
 * Where the default export of a module begins.
 */
import { expect, it } from 'vitest';
import { exportedAt } from '../../../src/report/source/exported.js';
import { findProperty } from '../../../src/report/source/literal.js';

it.each([
  'export default { x: 1 };',
  'export default defineConfig({ x: 1 } as never);',
  '// export default { x: 0 }\nexport  default  ({ x: 1 });',
  'module.exports = { x: 1 };',
  'const x = 0;\nconst config = { y: { x }, x: 1 };\nexport default config;',
  'const config: Config = { x: 1 };\nexport default defineConfig(config);',
  ' {"y":"export default {","x": 1 }',
])('%s', (text) => {
  const at = exportedAt(text, 'defineConfig');
  const found = at === undefined ? undefined : findProperty(text, at, ['x']);
  expect(found && text.slice(found.start).replace(/[^\w:]/g, '')).toMatch(/^x:1/);
});

it('nothing that is not there', () => {
  for (const text of ['', '[]', 'export const x = 1;', '"export default {"'])
    expect(exportedAt(text, 'defineConfig')).toBeUndefined();
});
