/**
 * How much of the slow and random suites is run. `LDFI_TEST_SIZE=1 npm test` runs all of it; more than 1
 * tries more random cases; by default it is a small part. CI runs 0.1, from which on `vitest.config.ts` leaves out no
 * file.
 */

const SIZE = Number(process.env.LDFI_TEST_SIZE ?? 0.02);
if (!(SIZE > 0)) throw new Error('LDFI_TEST_SIZE must be a number greater than 0');

/**
 * How many cases to try.
 * @param whole at size 1
 * @param least at any size
 */
export const sized = (whole: number, least = 1): number => Math.max(least, Math.round(whole * SIZE));

/** The first of some cases, as many as the size says. */
export const firstOf = <T>(cases: readonly T[], least = 1): T[] => cases.slice(0, sized(cases.length, least));

/** How often something that happens so often at size 1 happens at least: with few cases chance has more of a say. */
export const enough = (whole: number): number => (SIZE >= 1 ? whole : Math.floor((whole * SIZE) / 4));

/** Whether everything is to be run, also what cannot be made smaller. */
export const isWhole = SIZE >= 1;
