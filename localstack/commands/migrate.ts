/** `npm run migrate`: brings the database to the newest schema, and makes the test merchant where the settings ask for it. */
import { join } from 'node:path';
import '../die-with-parent.ts';
import { migrate } from '../../shared/database/migrate.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { seed } from '../seed.ts';
import { commandEnvironment } from '../stack/running-stack.ts';
import { whyNot } from './merchant/why-not.ts';

const USAGE = `Brings the database of DATABASE_URL to the newest schema; npm start does it by itself. Safe to repeat, and while
the gateway runs. With SEED_TEST_MERCHANT=true it makes the test merchant, whose webhooks go to TEST_MERCHANT_URL.

npm run migrate
Exit status: 0 done, 1 not done, 2 the command was typed wrongly`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  if (args.length > 0) {
    const isHelp = args[0] === '--help';
    console[isHelp ? 'log' : 'error'](USAGE);
    return isHelp ? 0 : 2;
  }
  let env = process.env;
  try {
    env = commandEnvironment(join(import.meta.dirname, '..', '..'), process.env);
    const { DATABASE_URL: databaseUrl, SEED_TEST_MERCHANT: isSeeded } = readSettings(env);
    await migrate(databaseUrl);
    const testMerchant = env['TEST_MERCHANT_URL'];
    await seed({ env, databaseUrl, testMerchantWebhookUrl: testMerchant ? `${testMerchant}/webhook` : null });
    console.log(`The database has the newest schema${isSeeded ? ', and the test merchant' : ''}.`);
    return 0;
  } catch (error) {
    console.error(whyNot(error, env));
    return 1;
  }
}
