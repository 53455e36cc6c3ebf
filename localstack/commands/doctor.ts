/** `npm run doctor`: is everything right? It reads and changes nothing. */
import { join } from 'node:path';
import { examine } from '../../shared/doctor/examine.ts';
import '../die-with-parent.ts';
import { commandEnvironment } from '../stack/running-stack.ts';
import { sentenceOf, StartupError } from '../startup-error.ts';
import { DOCTOR_USAGE, readDoctorArguments } from './doctor/arguments.ts';
import { COULD_NOT_RUN, exitStatus } from './doctor/exit-status.ts';
import { findingsJson } from './doctor/findings-json.ts';
import { findingsScreen } from './doctor/findings-screen.ts';

const root = join(import.meta.dirname, '..', '..');

// A reader such as `head` that has seen enough is no fault.
process.stdout.on('error', () => undefined);

try {
  const { json, help } = readDoctorArguments(process.argv.slice(2));
  if (help) {
    console.log(DOCTOR_USAGE);
  } else {
    const findings = await examine(environment());
    console.log(json ? findingsJson(findings) : findingsScreen(findings));
    process.exitCode = exitStatus(findings);
  }
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = COULD_NOT_RUN;
}

function environment(): NodeJS.ProcessEnv {
  const env = commandEnvironment(root, process.env);
  if (env['DATABASE_URL'] || env['GATEWAY_MODE']) return env;
  throw new StartupError(
    'There is no gateway to examine: none runs here, and neither DATABASE_URL nor GATEWAY_MODE says where one is.\n' +
      'Start one with npm start, or set the variables the gateway runs with.',
  );
}
