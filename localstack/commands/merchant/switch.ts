import { switchMerchant } from '../../../shared/merchants/switch-merchant.ts';
import { turn } from './turn.ts';

export const deactivate = turn({
  about: 'keep a merchant out',
  becomes: { is_active: false },
  apply: (database, id) => switchMerchant(database, id, false),
  done:
    'is deactivated: its credentials are refused and its orders cannot be paid any more. ' +
    'Payments under way settle, and their webhooks go out.',
  already: 'was deactivated before; nothing changed.',
});

export const activate = turn({
  about: 'let it in again',
  becomes: { is_active: true },
  apply: (database, id) => switchMerchant(database, id, true),
  done: 'is active: its credentials work again, as they were.',
  already: 'was active before; nothing changed.',
});
