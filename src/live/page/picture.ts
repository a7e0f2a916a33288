/**
 * The picture of an experiment, of either sort.
 */

import { drawNodes } from './diagram.js';
import type { Picture } from './model.js';
import { drawTimeline } from './timeline.js';
import type { WhatIfPanel } from './whatif.js';

export const drawPicture = (picture: Picture, panel: WhatIfPanel | undefined): HTMLElement[] =>
  picture.kind === 'timeline' ? drawTimeline(picture.timeline, panel) : drawNodes(picture.nodes, panel);
