/**
 * What is made once per key: found in a map, or made and put there.
 */
interface Known<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** @param make what is kept from then on; never undefined */
export function getOrMake<K, V>(map: Known<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
