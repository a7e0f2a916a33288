/**
 * All reporters by name. A further one is one file, its name in `model.ts` and a line here.
 */
import { githubReport } from './github.js';
import { jsonReport } from './json.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import type { Reporter, ReporterName } from './model.js';
import { sarifReport } from './sarif.js';
import { tapReport } from './tap.js';
import { textReport } from './text.js';

export const REPORTERS: Readonly<Record<ReporterName, Reporter>> = {
  text: textReport,
  json: jsonReport,
  junit: junitReport,
  sarif: sarifReport,
  github: githubReport,
  markdown: markdownReport,
  tap: tapReport,
};

export { type Found, inputOf } from './details.js';
export type {
  CheckDetails,
  ClassDetails,
  ReporterInput,
  ReporterName,
  UnreadableSpec,
} from './model.js';
