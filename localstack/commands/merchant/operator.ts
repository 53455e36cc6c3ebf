import { appointOperator } from '../../../shared/merchants/appoint-operator.ts';
import { pickMerchant } from '../../../shared/merchants/pick-merchant.ts';
import { shown } from './rows.ts';
import { onlyWord, type Subcommand } from './subcommand.ts';

interface Words {
  about: string;
  done: string;
  already: string;
}

const appointing = (isOperator: boolean, { about, done, already }: Words): Subcommand => ({
  usage: '<id, e-mail or API key>',
  about,
  options: [],
  prepare: (typed) => {
    const who = onlyWord(typed);
    return async ({ database }) => {
      const merchant = await pickMerchant(database, who);
      const changed = await appointOperator(database, merchant.id, isOperator);
      const text = `${shown(merchant.name)} (${merchant.email}) ${changed ? done : already}`;
      return { text, json: { ...merchant, is_operator: isOperator, changed } };
    };
  },
});

export const promote = appointing(true, {
  about: 'make it an operator, who sees the work of all merchants in the dashboard',
  done: 'is an operator: its dashboard shows the work of all merchants, and still only its own money.',
  already: 'was an operator before; nothing changed.',
});

export const demote = appointing(false, {
  about: 'show it its own work only',
  done: 'is no operator any more: its dashboard shows its own work only.',
  already: 'was no operator before; nothing changed.',
});
