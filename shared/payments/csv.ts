/** What a spreadsheet takes for the beginning of a formula, and then runs. */
const formula = /^[=+\-@\t\r]/;

/** One row as RFC 4180 has it. An apostrophe before a formula makes it a text in every spreadsheet. */
export const csvRow = (cells: readonly (string | number | boolean | null)[]): string =>
  `${cells.map((cell) => quoted(harmless(cell))).join(',')}\r\n`;

/** A number of ours is a number, also below zero. */
function harmless(cell: string | number | boolean | null): string {
  if (typeof cell !== 'string') return String(cell ?? '');
  return formula.test(cell) ? `'${cell}` : cell;
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
