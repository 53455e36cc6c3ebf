import { pickMerchant } from '../../../shared/merchants/pick-merchant.ts';
import { switchMerchant } from '../../../shared/merchants/switch-merchant.ts';
import { shown } from './rows.ts';
import { onlyWord, type Subcommand } from './subcommand.ts';

interface Words {
  about: string;
  done: string;
  already: string;
}

const switching = (isActive: boolean, { about, done, already }: Words): Subcommand => ({
  usage: '<id, e-mail or API key>',
  about,
  options: [],
  prepare: (typed) => {
    const who = onlyWord(typed);
    return async ({ database }) => {
      const merchant = await pickMerchant(database, who);
      const changed = await switchMerchant(database, merchant.id, isActive);
      const text = `${shown(merchant.name)} (${merchant.email}) ${changed ? done : already}`;
      return { text, json: { ...merchant, is_active: isActive, changed } };
    };
  },
});

export const deactivate = switching(false, {
  about: 'keep a merchant out',
  done:
    'is deactivated: its credentials are refused and its orders cannot be paid any more. ' +
    'Payments under way settle, and their webhooks go out.',
  already: 'was deactivated before; nothing changed.',
});

export const activate = switching(true, {
  about: 'let it in again',
  done: 'is active: its credentials work again, as they were.',
  already: 'was active before; nothing changed.',
});
