/**
 * The page of the playground: reads the data, and starts.
 */
import { header, start } from '../../report/page/start.js';
import type { PlaygroundData } from '../messages.js';
import { Playground } from './playground.js';

start((app, data: PlaygroundData) => {
  const playground = new Playground(data);
  app.append(header(playground.main, 'playground', playground.header), playground.element);
  void playground.start();
});
