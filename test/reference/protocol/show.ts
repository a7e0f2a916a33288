/**
 * Plain data as text, apart from the engine's own.
 */

/** Plain data as text: the order of keys and items counts, Maps and Sets are told from arrays. */
export function show(value: unknown): string {
  if (value instanceof Map) return `Map${show([...value])}`;
  if (value instanceof Set) return `Set${show([...value])}`;
  if (Array.isArray(value)) return `[${value.map(show).join()}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}:${show(item)}`)
      .join()}}`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
