/** A DynamoDB in this process; it brings no types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';
  export default function dynalite(options?: { createTableMs?: number; maxItemSizeKb?: number }): Server;
}
