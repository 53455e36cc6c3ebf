/** How many digits of an amount in minor units are behind the point: two for most currencies, none for the yen. */
function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** `1234.50`: no sign and no grouping, as a spreadsheet reads it. Digits are moved, not divided, so none is lost. */
export function amountInDigits(amountMinor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(amountMinor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** `₹1,234.50`, grouped as in India, where the merchants are. */
export const amountInWords = (amountMinor: number, currency: string): string =>
  new Intl.NumberFormat('en-IN', { style: 'currency', currency }).format(
    amountInDigits(amountMinor, currency) as Intl.StringNumericLiteral,
  );
