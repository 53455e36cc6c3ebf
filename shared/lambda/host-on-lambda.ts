import type { Context } from 'aws-lambda';
import { closeTheGateway, theGateway } from '../gateway/gateway.ts';
import { keptSecrets, type Secrets } from './kept-secrets.ts';

type Door<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/**
 * A door as Lambda calls it: with the secrets in its environment, read once while the function starts and again every few
 * minutes. When one was rotated the gateway is closed and the call opens another; a Lambda serves one call at a time, so
 * nobody is in it.
 */
export async function hostOnLambda<Event, Result>(
  door: Door<Event, Result>,
  { underWay, read }: { underWay: Promise<Secrets>; read: () => Promise<Secrets> },
): Promise<Door<Event, Result>> {
  let first: Promise<Secrets> | undefined = underWay;
  const secrets = keptSecrets(
    () => {
      const reading = first ?? read();
      first = undefined;
      return reading;
    },
    {
      clockMs: () => Date.now(),
      onChange: async (changed) => {
        Object.assign(process.env, changed);
        await closeTheGateway();
      },
      onTrouble: (error) => {
        theGateway().log.warn({ err: error }, 'the secrets could not be read again; the old ones stay in use');
      },
    },
  );
  // Here and not at the first call: a start has whole processors, a call has what its memory buys.
  await secrets.beFresh();
  theGateway();
  return async (event, context) => {
    await secrets.beFresh();
    return door(event, context);
  };
}
