type Row = { id: string };

export type Held<T extends Row> = {
  rows: readonly T[];
  /** How many rows wait. */
  newCount: number;
};

/**
 * The rows to show when `fresh` arrives while somebody points at `shown`: the same rows at the same places, with what is
 * new in them. Rows that came on top wait; those that slid off the page stay as they were.
 */
export function holdBack<T extends Row>(shown: readonly T[], fresh: readonly T[]): Held<T> {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const here = new Set(shown.map(({ id }) => id));
  // With no row in common it is another page, and nothing of it is under anybody's pointer.
  if (!fresh.some(({ id }) => here.has(id))) return { rows: fresh, newCount: 0 };
  return {
    rows: shown.map((row) => byId.get(row.id) ?? row),
    newCount: fresh.filter(({ id }) => !here.has(id)).length,
  };
}
