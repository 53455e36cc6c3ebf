/** What a merchant wrote itself cannot move the cursor of whoever reads it. */
export const shown = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

/** Names and what they name, aligned. */
export function rows(facts: Record<string, string>): string[] {
  const width = Math.max(...Object.keys(facts).map((name) => name.length));
  return Object.entries(facts).map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
}

/** A table as wide as what is in it. */
export function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const cells = [heads, ...lines].map((line) => line.map(shown));
  const widths = heads.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
