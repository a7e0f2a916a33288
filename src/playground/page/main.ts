/**
 * The page of the playground: reads the data, and starts.
 */
import { h } from '../../report/page/dom.js';
import { header, start } from '../../report/page/start.js';
import type { PlaygroundData } from '../messages.js';
import { Playground } from './playground.js';

start((app, data: PlaygroundData) => {
  const playground = new Playground(data);
  const main = h('main', { tabindex: -1 }, playground.element);
  app.append(header(main, 'playground', playground.header), main);
  void playground.start();
});
