import { createMerchant } from '../../../shared/merchants/create-merchant.ts';
import { rows } from './rows.ts';
import { type Subcommand, UsageError } from './subcommand.ts';

export const create: Subcommand = {
  usage: '--name "Demo Store" --email shop@example.com [--webhook-url https://...] [--operator]',
  about: 'make a merchant; prints its keys. An operator sees the work of all merchants in the dashboard',
  options: ['name', 'email', 'webhook-url'],
  flags: ['operator'],
  prepare: ({ words, options: { name, email, 'webhook-url': webhookUrl }, flags }) => {
    if (words.length > 0) {
      throw new UsageError(
        `${JSON.stringify(words.join(' '))} belongs to no option. Put a name of several words in quotes.`,
      );
    }
    if (!name) throw new UsageError('--name is missing: the name shoppers will see.');
    if (!email) throw new UsageError('--email is missing: the address the merchant is known by.');
    return async (deps) => {
      const merchant = await createMerchant(deps, { name, email, webhookUrl, isOperator: flags.has('operator') });
      const text = [
        `${merchant.name} is a merchant now${merchant.is_operator ? ', and an operator' : ''}.`,
        '',
        ...rows({
          Id: merchant.id,
          'API key': merchant.api_key,
          'API secret': merchant.api_secret,
          'Webhook secret': merchant.webhook_secret,
          'Webhook URL': merchant.webhook_url ?? 'none: PUT /api/v1/merchants/me sets one',
        }),
        '',
        'Keep the API secret now; later only the dashboard shows it. If it is lost: npm run merchant -- rotate-secret',
        `A password for the dashboard: npm run merchant -- set-password ${merchant.email}`,
      ];
      return { text: text.join('\n'), json: merchant };
    };
  },
};
