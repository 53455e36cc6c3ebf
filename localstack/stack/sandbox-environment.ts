import { readSettings, SettingsError } from '../../shared/runtime/settings.ts';
import { StartupError } from '../startup-error.ts';

/** Far above what a laptop can do, so that nobody's own test is turned away, and still there to be seen in the headers. */
const generousLimit = '600000';

export const sandboxDefaults = {
  TEST_MODE: 'true',
  SEED_TEST_MERCHANT: 'true',
  RATE_LIMIT_MERCHANT: generousLimit,
  RATE_LIMIT_PUBLIC_IP: generousLimit,
  RATE_LIMIT_PUBLIC_ORDER: generousLimit,
  RATE_LIMIT_LOGIN: generousLimit,
  RATE_LIMIT_WRONG_CREDENTIALS: generousLimit,
};

/** What `npm start` adds to the environment: a sandbox, with test mode and the test merchant unless it says otherwise. */
export function sandboxEnvironment(env: NodeJS.ProcessEnv, tell: (line: string) => void): NodeJS.ProcessEnv {
  if (env['GATEWAY_MODE'] && env['GATEWAY_MODE'] !== 'sandbox') {
    tell(`npm start is always a sandbox: GATEWAY_MODE=${env['GATEWAY_MODE']} is not used.`);
  }
  const sandbox = { ...sandboxDefaults, ...env, GATEWAY_MODE: 'sandbox' };
  try {
    readSettings(sandbox);
  } catch (error) {
    if (error instanceof SettingsError) throw new StartupError(error.message);
    throw error;
  }
  return sandbox;
}
