import { routes } from '../../../shared/contracts/routes.ts';
import { merchantApi } from '../../../shared/http/chains.ts';
import { readQueues } from '../../../shared/work/read-queues.ts';

export const handler = merchantApi(routes.getQueues, ({ gateway, merchant }) => readQueues(gateway, merchant));
