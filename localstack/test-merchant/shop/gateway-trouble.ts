export type TroubleKind = 'GATEWAY_UNREACHABLE' | 'GATEWAY_KEYS_REFUSED' | 'GATEWAY_BUSY' | 'GATEWAY_REFUSED';

/** Why there is no order: a sentence for the shopper, and what a developer needs to know besides. */
export interface Trouble {
  kind: TroubleKind;
  details: string;
}

const NOT_CHARGED = 'Nothing has been charged.';

export const ANSWERS: Record<TroubleKind, { status: number; description: string }> = {
  GATEWAY_UNREACHABLE: { status: 502, description: `We cannot take payments right now. ${NOT_CHARGED}` },
  GATEWAY_KEYS_REFUSED: { status: 502, description: `Our shop cannot take payments at the moment. ${NOT_CHARGED}` },
  GATEWAY_BUSY: { status: 503, description: `There is a queue at the till. ${NOT_CHARGED} Try again in a moment.` },
  GATEWAY_REFUSED: { status: 502, description: `Your order could not be opened. ${NOT_CHARGED} Please try again.` },
};
