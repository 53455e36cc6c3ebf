import { routes } from '../../../shared/contracts/routes.ts';
import { publicApi } from '../../../shared/http/chains.ts';
import { jobsStatus } from '../../../shared/work/jobs-status.ts';

export const handler = publicApi(routes.getJobsStatus, ({ gateway }) => jobsStatus(gateway.database));
