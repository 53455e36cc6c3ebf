import { openDoor } from '../../../shared/http/chains.ts';
import { referencePage } from '../../../shared/openapi/reference-page.ts';

export const handler = openDoor('GET /docs', { isPublic: () => false }, ({ event }) =>
  referencePage(event.pathParameters?.file),
);
