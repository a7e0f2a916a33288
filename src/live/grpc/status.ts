/**
 * Status codes of gRPC and the HTTP statuses that mean the same, so that one word serves both.
 *
 * As `google.rpc.Code` names them: 14 (unavailable) is 503, 5 (not found) is 404.
 */

const HTTP: Readonly<Record<number, number>> = {
  0: 200,
  1: 499,
  3: 400,
  4: 504,
  5: 404,
  6: 409,
  7: 403,
  8: 429,
  9: 400,
  10: 409,
  11: 400,
  12: 501,
  14: 503,
  16: 401,
};

/** @param code of gRPC, as text or number. @returns an HTTP status; 500 for what has none */
export const httpStatusOf = (code: unknown): number => HTTP[Number(code)] ?? 500;

/** The gRPC code of an error status; `unavailable` for all that say that a service is not there. */
export function grpcCodeOf(status: number): number {
  if ([502, 503].includes(status)) return 14;
  const [code = 13] = Object.keys(HTTP).filter((it) => HTTP[Number(it)] === status);
  return Number(code);
}
