import type { PolicyName } from './policies.ts';

/** How a key stands with a policy. */
export type Standing = {
  readonly policy: PolicyName;
  readonly limit: number;
  /** What may still come in this window. */
  readonly remaining: number;
  /** Whole seconds, at least 1, until the window ends and the full limit is there again. */
  readonly resetSeconds: number;
  /** Whether the one in hand is too many. */
  readonly isOver: boolean;
};

/** Where the counters are. A window begins with the first that is counted; what has ended is forgotten by itself. */
export interface RateStore {
  /** Counts one. @throws Error when the store is not there. */
  count(policy: PolicyName, key: string): Promise<Standing>;
  /** Whether one more would be too many, without counting it. @throws Error when the store is not there. */
  look(policy: PolicyName, key: string): Promise<Standing>;
  close(): Promise<void>;
}
