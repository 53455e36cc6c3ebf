import { openDoor } from '../../../shared/http/chains.ts';
import { openApiDocument } from '../../../shared/openapi/document.ts';

export const handler = openDoor('GET /openapi.json', { isPublic: () => true }, () =>
  Promise.resolve(openApiDocument()),
);
