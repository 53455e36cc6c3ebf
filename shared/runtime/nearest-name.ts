/** The known name at most two edits away from `name`, if there is one. Short names are left alone: all are near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length < 8) return undefined;
  return known.find((candidate) => Math.abs(candidate.length - name.length) <= 2 && edits(name, candidate) <= 2);
}

/** Levenshtein distance. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
