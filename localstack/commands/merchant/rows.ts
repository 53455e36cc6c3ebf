/** Names and what they name, aligned. */
export function rows(facts: Record<string, string>): string[] {
  const width = Math.max(...Object.keys(facts).map((name) => name.length));
  return Object.entries(facts).map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
}

/** A table as wide as what is in it. What a merchant wrote itself cannot move the cursor of whoever reads it. */
export function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const shown = [heads, ...lines].map((line) => line.map((cell) => cell.replace(/\p{Cc}/gu, ' ')));
  const widths = heads.map((_, column) => Math.max(...shown.map((line) => line[column]?.length ?? 0)));
  return shown
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
