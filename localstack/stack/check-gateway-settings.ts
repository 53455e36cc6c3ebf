import { readSettings, SettingsError } from '../../shared/runtime/settings.ts';
import { StartupError } from '../startup-error.ts';

/** The programs would each fail on a wrong setting; this says it once, before anything has started. */
export function checkGatewaySettings(env: NodeJS.ProcessEnv): void {
  try {
    readSettings(env);
  } catch (error) {
    throw error instanceof SettingsError ? new StartupError(error.message) : error;
  }
}
