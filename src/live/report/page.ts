/**
 * The page of a result of `ldfi live run`, for people who were not there.
 */
import { framed, type PageAssets } from '../../report/formats/frame.js';
import { PLAIN_TEXT } from '../../report/formats/text.js';
import { modelOfLive } from './model.js';
import type { LiveResult } from './result.js';
import { resultToText } from './text.js';
import { HEADINGS } from './words.js';

/** The whole page, which is the same for the same result. */
export const pageOfLive = (result: LiveResult, assets: PageAssets): string =>
  framed(
    {
      version: result.tool.version,
      title: `ldfi live: ${result.config}: ${HEADINGS[result.verdict].toLowerCase()}`,
      heading: result.config,
      plain: resultToText(result, PLAIN_TEXT),
      data: modelOfLive(result),
    },
    assets,
  );
