/** What becomes of a payment and of its refunds. */
export type Fate = { readonly charge: string; readonly refunds: 'PROCESSED' | 'REFUND_FAILED' };

export const approved = 'APPROVED';

const pays: Fate = { charge: approved, refunds: 'PROCESSED' };
const refused = (charge: string): Fate => ({ charge, refunds: 'PROCESSED' });

type Entry = { readonly body: object; readonly fate: Fate | { readonly refusal: string } };

const upi = (vpa: string, fate: Entry['fate']): Entry => ({ body: { method: 'upi', vpa }, fate });
const card = (number: string, fate: Entry['fate']): Entry => ({
  body: {
    method: 'card',
    card: { number, expiry_month: '12', expiry_year: '2098', cvv: '123', holder_name: 'Asha Rao' },
  },
  fate,
});

/** The contract's section 8, written once more: who reads the product's own table expects whatever it says. */
export const instruments = {
  'success@test': upi('success@test', pays),
  'any other vpa': upi('asha@okbank', pays),
  'visa that pays': card('4111 1111 1111 1111', pays),
  'refundfail@test': upi('refundfail@test', { charge: approved, refunds: 'REFUND_FAILED' }),
  'visa whose refunds fail': card('4000000000005126', { charge: approved, refunds: 'REFUND_FAILED' }),
  'failure@test': upi('failure@test', refused('PAYMENT_FAILED')),
  'insufficient@test': upi('insufficient@test', refused('INSUFFICIENT_FUNDS')),
  'declined card': card('4000000000000002', refused('PAYMENT_FAILED')),
  'timeout@test': upi('timeout@test', refused('PAYMENT_TIMEOUT')),
  'no vpa at all': upi('asha', { refusal: 'INVALID_VPA' }),
  'mistyped card': card('4111111111111112', { refusal: 'INVALID_CARD' }),
} satisfies Record<string, Entry>;

export type InstrumentName = keyof typeof instruments;

export const instrumentNames = Object.keys(instruments) as InstrumentName[];

export const entryOf = (name: InstrumentName): Entry => instruments[name];
