/**
 * Money as its people write it: ₹1,00,000.00, $1,000.00, ¥500.
 *
 * @param amountMinor in the currency's minor unit; how many of those make one is the currency's business.
 */
export function formatMoney(amountMinor: number, currency: string): string {
  // Indian English groups by lakh and crore, which is right for rupees and odd for everybody else's money.
  const format = new Intl.NumberFormat(currency === 'INR' ? 'en-IN' : 'en', { style: 'currency', currency });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
