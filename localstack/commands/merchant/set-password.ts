import { pickMerchant } from '../../../shared/merchants/pick-merchant.ts';
import { setPassword as store } from '../../../shared/merchants/set-password.ts';
import { readPassword } from './read-password.ts';
import { shown } from './rows.ts';
import { onlyWord, type Subcommand, UsageError } from './subcommand.ts';

const WHY_NOT =
  'A password is not taken from the command line: everybody on this machine can read that, and the shell keeps it. ' +
  'Leave it out and you are asked for it, or pipe it in.';

export const setPassword: Subcommand = {
  usage: '<id, e-mail or API key>',
  about: 'set the password for the dashboard; asks for it',
  // Known only to say why it is not.
  options: ['password'],
  prepare: (typed) => {
    if (typed.options['password'] !== undefined || typed.words.length > 1) throw new UsageError(WHY_NOT);
    const who = onlyWord(typed);
    return async ({ database }) => {
      const { id, name, email } = await pickMerchant(database, who);
      await store({ database }, id, await readPassword(`New password for ${shown(name)} (${email})`));
      return {
        text: `The password of ${shown(name)} (${email}) is set.`,
        json: { id, name, email, password_set: true },
      };
    };
  },
};
