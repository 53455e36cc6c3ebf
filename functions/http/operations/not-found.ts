import { anyRoute } from '../../../shared/http/any-route.ts';

export const handler = anyRoute();
