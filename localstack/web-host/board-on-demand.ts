import type { RequestListener } from 'node:http';
import { queueTargetOf } from '../../shared/gateway/queue-target-of.ts';
import { createLog } from '../../shared/runtime/log.ts';
import { readSettings } from '../../shared/runtime/settings.ts';
import { sendText } from './send.ts';

export const boardPath = '/queues-board';

/** The board over the queues of this environment, opened when somebody first asks for it: few do, and it is heavy. */
export function boardOnDemand(env: NodeJS.ProcessEnv, apiOrigin: string): RequestListener {
  let opening: Promise<RequestListener> | undefined;

  async function open(): Promise<RequestListener> {
    const settings = readSettings(env);
    const { openQueuesBoard } = await import('./queues-board.ts');
    return openQueuesBoard(queueTargetOf(settings), { apiOrigin, log: createLog(settings.LOG_LEVEL) }).answer;
  }

  return (request, response) => {
    opening ??= open();
    opening.then(
      (answer) => answer(request, response),
      () => {
        opening = undefined;
        sendText(
          response,
          503,
          'The board cannot be opened: it shows queues of BullMQ, and needs the settings of their gateway, as npm start has them.',
        );
      },
    );
  };
}
