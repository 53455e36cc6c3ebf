/** Added where a signature does not match: this merchant has one secret, and nobody tells it of a rotation. */
export const ROTATION_HINT =
  'If it was rotated: the old one holds for 24 hours, then start with the new one as WEBHOOK_SECRET=whsec_...';
