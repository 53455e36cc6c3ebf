import { parseArgs } from 'node:util';
import { StartupError } from '../../startup-error.ts';

export const DOCTOR_USAGE = `
  npm run doctor -- [--json] [--help]

  Examines the gateway that runs here, or the one that the environment and .env
  name: configuration, database, migrations, queue, worker, and everything that
  always holds of money, events, deliveries, work and secrets. It reads one
  snapshot, takes no lock and changes nothing, so it may run at any time.

  --json   one JSON object instead of the screen:
           {"ok": true or false,
            "faults": 0, "warnings": 0, "not_examined": 0,
            "findings": [{"section": "money", "name": "refund-done-sum",
              "level": "ok", "warning", "fault" or "not examined",
              "says": "what holds, or is found", "todo": "what to do" or null,
              "total": how many rows break the rule,
              "offenders": [{"subject": "pay_...", "found": "..."}]}]}
           At most 20 offenders of a rule are listed, on the screen 5.

  Exit status: 0 no fault, 1 a fault or something that could not be examined,
  2 the doctor could not be run.
`;

/** @throws StartupError for an argument that is not known. */
export function readDoctorArguments(args: string[]): { json: boolean; help: boolean } {
  try {
    const { values } = parseArgs({
      args,
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    return { json: values.json ?? false, help: values.help ?? false };
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\n${DOCTOR_USAGE}`);
  }
}
