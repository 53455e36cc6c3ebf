/**
 * What stands in a path where a pattern such as `/orders/{id}` has a name, or null where the two do not fit. A slash at
 * the end makes no difference.
 */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const there = path.replace(/(?<=.)\/$/, '').split('/');
  if (wanted.length !== there.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = there[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== text) return null;
    if (name === undefined) continue;
    const value = decoded(text);
    if (!value) return null;
    params[name] = value;
  }
  return params;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
