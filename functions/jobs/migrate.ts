import { tick } from '../../shared/jobs/chains.ts';
import { prepareDatabase } from '../../shared/jobs/prepare-database.ts';

export const handler = tick(prepareDatabase);
