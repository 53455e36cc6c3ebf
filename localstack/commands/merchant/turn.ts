import type { Database } from '../../../shared/database/database.ts';
import { pickMerchant } from '../../../shared/merchants/pick-merchant.ts';
import { shown } from './rows.ts';
import { onlyWord, type Subcommand } from './subcommand.ts';

export type Turn = {
  about: string;
  /** What the merchant is afterwards, as JSON tells it. */
  becomes: Readonly<Record<string, boolean>>;
  /** @returns whether that changed anything. */
  apply: (database: Database, merchantId: string) => Promise<boolean>;
  done: string;
  already: string;
};

/** A subcommand that turns something of one merchant on or off. */
export const turn = ({ about, becomes, apply, done, already }: Turn): Subcommand => ({
  usage: '<id, e-mail or API key>',
  about,
  options: [],
  prepare: (typed) => {
    const who = onlyWord(typed);
    return async ({ database }) => {
      const merchant = await pickMerchant(database, who);
      const changed = await apply(database, merchant.id);
      const text = `${shown(merchant.name)} (${merchant.email}) ${changed ? done : already}`;
      return { text, json: { ...merchant, ...becomes, changed } };
    };
  },
});
