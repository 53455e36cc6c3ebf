import { pickMerchant } from '../../../shared/merchants/pick-merchant.ts';
import { rotateApiSecret } from '../../../shared/merchants/rotate-api-secret.ts';
import { rows, shown } from './rows.ts';
import { onlyWord, type Subcommand } from './subcommand.ts';

export const rotateSecret: Subcommand = {
  usage: '<id, e-mail or API key>',
  about: 'make a new API secret; the old one ends at once, and who is signed in is signed out',
  options: [],
  prepare: (typed) => {
    const who = onlyWord(typed);
    return async (deps) => {
      const { id, name, email, api_key } = await pickMerchant(deps.database, who);
      const secret = await rotateApiSecret(deps, id);
      const text = [
        `${shown(name)} (${email}) has a new API secret. The old one has ended: requests with it are refused from now on.`,
        '',
        ...rows({ 'API key': api_key, 'API secret': secret }),
        '',
        'Keep it now; later only the dashboard shows it. The webhook secret is another one, and stays; the merchant rotates it itself:',
        'POST /api/v1/merchants/me/webhook-secret',
      ];
      return { text: text.join('\n'), json: { id, name, email, api_key, api_secret: secret } };
    };
  },
};
