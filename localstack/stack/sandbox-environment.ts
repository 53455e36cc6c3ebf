import { readSettings, SettingsError } from '../../shared/runtime/settings.ts';
import { StartupError } from '../startup-error.ts';

/** What `npm start` adds to the environment: a sandbox, with test mode and the test merchant unless it says otherwise. */
export function sandboxEnvironment(env: NodeJS.ProcessEnv, tell: (line: string) => void): NodeJS.ProcessEnv {
  if (env['GATEWAY_MODE'] && env['GATEWAY_MODE'] !== 'sandbox') {
    tell(`npm start is always a sandbox: GATEWAY_MODE=${env['GATEWAY_MODE']} is not used.`);
  }
  const sandbox = { TEST_MODE: 'true', SEED_TEST_MERCHANT: 'true', ...env, GATEWAY_MODE: 'sandbox' };
  try {
    readSettings(sandbox);
  } catch (error) {
    if (error instanceof SettingsError) throw new StartupError(error.message);
    throw error;
  }
  return sandbox;
}
