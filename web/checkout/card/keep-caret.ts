/**
 * Where the caret belongs after a field was written anew in groups: behind as many digits as before. At the end it stays
 * at the end, so that typing on goes past a separator that has just appeared.
 */
export function keepCaret(written: string, caret: number, shown: string): number {
  if (caret >= written.length) return shown.length;
  let digitsToPass = written.slice(0, caret).replace(/\D/g, '').length;
  for (let place = 0; place < shown.length; place++) {
    if (digitsToPass === 0) return place;
    if (/\d/.test(shown.charAt(place))) digitsToPass--;
  }
  return shown.length;
}
