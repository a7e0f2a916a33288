/**
 * The playground as one file, which the build makes: nothing in it depends on who opens it.
 */
import { framed, nonceOf, type PageAssets, strictPolicy } from '../report/formats/frame.js';
import type { PlaygroundData } from './messages.js';

const PLAIN = `An editor of specs with the search beside it. It needs scripts, which are switched off here, or too old.

Without it: npx ldfi run FILE`;

/** The whole file. The same data and assets give the same bytes. */
export function playgroundHtml(data: PlaygroundData, assets: PageAssets): string {
  const strict = strictPolicy(assets);
  // Beyond a report: the solver, the workers with the engine, the styles that the editor writes, and those that
  // browsers put on what is typed.
  const policy = {
    ...strict,
    'script-src': `${strict['script-src']} 'wasm-unsafe-eval'`,
    'style-src': `${strict['style-src']} 'nonce-${nonceOf(assets)}'`,
    'style-src-attr': "'unsafe-inline'",
    'worker-src': 'blob:',
  };
  const { version } = data;
  return framed({ version, title: 'ldfi playground', heading: 'ldfi playground', plain: PLAIN, data }, assets, policy);
}
