import { type Queryable, statement } from '../database/database.ts';

const appoint = statement(
  'appoint-operator',
  `update merchants set is_operator = $2, updated_at = gateway_now() where id = $1 and is_operator <> $2 returning id`,
);

/**
 * Lets a merchant see the work of all, or only its own again. Whoever is signed in sees it from the next request on.
 * @returns whether that was a change.
 */
export async function appointOperator(database: Queryable, id: string, isOperator: boolean): Promise<boolean> {
  return (await database.rows(appoint, [id, isOperator])).length > 0;
}
