/** One request to a webhook route, as kept for the page and for tests. The names are those of the JSON at `/logs`. */
export interface Delivery {
  id: number;
  received_at: string;
  path: string;
  event: string | null;
  webhook_id: string | null;
  payment_id: string | null;
  payment_status: string | null;
  verified: boolean;
  /** Why it was refused; for a verified one, what is odd about it. */
  reason: string | null;
  /** An earlier attempt of the same event was verified and answered with 200. */
  duplicate: boolean;
  attempt: number;
  /** Null until answered, and for ever if the sender hung up first. */
  status: number | null;
  hung_up: boolean;
  headers: Record<string, string>;
  body: string;
  body_truncated: boolean;
}
