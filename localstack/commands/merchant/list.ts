import { listMerchants, type ListedMerchant } from '../../../shared/merchants/list-merchants.ts';
import { table } from './rows.ts';
import { type Subcommand, UsageError } from './subcommand.ts';

const heads = ['Id', 'Name', 'E-mail', 'API key', 'Active', 'Operator', 'Password', 'Created', 'Webhook URL'];

export const list: Subcommand = {
  usage: '',
  about: 'show all merchants',
  options: [],
  prepare: ({ words }) => {
    if (words.length > 0) throw new UsageError('list shows all merchants and takes no name.');
    return async ({ database }) => {
      const merchants = await listMerchants(database);
      const text =
        merchants.length === 0
          ? 'There is no merchant yet. Make one: npm run merchant -- create'
          : table(heads, merchants.map(cellsOf));
      return { text, json: { data: merchants, total: merchants.length } };
    };
  },
};

const yesOrNo = (is: boolean) => (is ? 'yes' : 'no');

const cellsOf = (merchant: ListedMerchant) => [
  merchant.id,
  merchant.name,
  merchant.email,
  merchant.api_key,
  yesOrNo(merchant.is_active),
  yesOrNo(merchant.is_operator),
  yesOrNo(merchant.has_password),
  merchant.created_at.toISOString().slice(0, 16).replace('T', ' '),
  merchant.webhook_url ?? '-',
];
