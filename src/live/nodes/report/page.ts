/**
 * The page of a result of `ldfi nodes`: the run without faults and the run with them side by side, what clients read, and
 * what the verdict rests on.
 */
import { framed, type PageAssets } from '../../../report/formats/frame.js';
import { modelOfNodes } from './model.js';
import type { NodesResult } from './schema.js';
import { nodesToText } from './text.js';

/** The whole page, which is the same for the same result. */
export const nodesPage = (result: NodesResult, assets: PageAssets): string =>
  framed(
    {
      version: result.tool.version,
      title: `ldfi nodes: ${result.workload}`,
      heading: `ldfi nodes: ${result.workload}: ${result.promise}`,
      plain: nodesToText(result),
      data: modelOfNodes(result),
    },
    assets,
  );
