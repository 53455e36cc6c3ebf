import type { Instrument } from '../acquirer/acquirer.ts';
import { badRequest, GatewayError } from '../contracts/errors.ts';
import { type CreatePayment, paymentMethod, vpaPattern } from '../contracts/payments.ts';
import { checkCard } from './card.ts';
import type { PaymentRow } from './payment-row.ts';

/** The instrument goes to the acquirer, the description into the row. Nothing is in both but a VPA. */
export type CheckedInstrument = {
  instrument: Instrument;
  description: Pick<PaymentRow, 'method' | 'vpa' | 'card_network' | 'card_last4'>;
};

/** @throws BAD_REQUEST_ERROR for an unknown method, INVALID_VPA, INVALID_CARD or EXPIRED_CARD. */
export function checkInstrument({ method, vpa, card }: CreatePayment, today: Date): CheckedInstrument {
  const known = paymentMethod.safeParse(method);
  if (!known.success) throw badRequest('method must be upi or card', 'method');
  if (known.data === 'upi') {
    const checked = checkVpa(vpa);
    return {
      instrument: { method: 'upi', vpa: checked },
      description: { method: 'upi', vpa: checked, card_network: null, card_last4: null },
    };
  }
  const { number, network, last4 } = checkCard(card, today);
  return {
    instrument: { method: 'card', number },
    description: { method: 'card', vpa: null, card_network: network, card_last4: last4 },
  };
}

function checkVpa(vpa: string | null | undefined): string {
  // NPCI caps a VPA at 255 characters.
  if (typeof vpa !== 'string' || vpa.length > 255 || !vpaPattern.test(vpa)) {
    throw new GatewayError('INVALID_VPA', 'VPA format invalid', { field: 'vpa' });
  }
  return vpa;
}
