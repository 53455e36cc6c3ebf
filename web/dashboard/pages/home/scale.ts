/** The end of an axis from 0: the next round number times a power of ten, and the lines to draw up to it. */
export function scaleFor(most: number): { end: number; lines: number[] } {
  if (most <= 0) return { end: 1, lines: [0] };
  const power = 10 ** Math.floor(Math.log10(most));
  const end = ([1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].find((step) => step * power >= most) ?? 10) * power;
  return { end, lines: [0, end / 2, end] };
}
