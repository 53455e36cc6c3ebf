/** The one thing on sale. The price stands here and nowhere else: what a browser says about prices is not asked. */
export const PRODUCT = {
  name: 'Brass filter coffee set',
  unitPriceMinor: 49_900,
  currency: 'INR',
  maxQuantity: 3,
} as const;

/** In minor units; null for a quantity that is not on offer. */
export function priceOf(quantity: unknown): number | null {
  const isOffered =
    typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 1 && quantity <= PRODUCT.maxQuantity;
  return isOffered ? quantity * PRODUCT.unitPriceMinor : null;
}
