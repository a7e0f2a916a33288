/**
 * A short name for a text: FNV-1a with 64 bits (Fowler, Noll, Vo; public domain), over UTF-16 units. The same on every
 * machine; not for secrets.
 */
export function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
