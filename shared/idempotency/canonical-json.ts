/** One text for all ways to write the same JSON value: keys sorted, no spaces. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  // As pairs: an object would move integer-like keys to the front and lose `__proto__`. In an object, so that an array
  // of pairs is not taken for one.
  return { pairs: entries.sort(([a], [b]) => (a < b ? -1 : 1)) };
}
