/**
 * How the calls of a system are named, as far as it was found out or said: the same for all its experiments.
 */
import { nameOf, type Precision, type Request, routeOf } from './identity.js';

export interface Naming {
  /** By route; 'whole' for others. */
  readonly precisions: Map<string, Precision>;
  /** Names of calls that were under way at once, and cannot be told apart. */
  readonly alike: Set<string>;
}

export const newNaming = (precisions: Iterable<readonly [string, Precision]> = []): Naming => ({
  precisions: new Map(precisions),
  alike: new Set(),
});

export const nameUnder = ({ precisions }: Naming, request: Request, parent: string | undefined): string =>
  nameOf(request, parent, precisions.get(routeOf(request)) ?? 'whole');
