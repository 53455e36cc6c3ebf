import type pg from 'pg';
import type { List, Page } from '../contracts/lists.ts';
import { type Queryable, type Statement, statement } from './database.ts';

/** SQL that holds for the rows a filter lets through. `value` is the place of what was asked for, such as `$2`. */
export type Condition = (value: string) => string;

type Shape<Filter extends string> = {
  /** Begins the names of its statements. */
  name: string;
  /** A table with merchant_id, created_at and id. */
  table: string;
  columns: string;
  filters: Readonly<Record<Filter, Condition>>;
  /** The ways in which a row is found by the filter `q`. Each has an index of its own. */
  searches?: readonly Condition[];
};

type Asked<Filter extends string> = Page & { readonly [Name in Filter | 'q']?: unknown };

/**
 * Reads a merchant's rows, newest first. A statement has only the filters that were asked for, and a search is a union of
 * its ways: an `or` over columns, or over "not asked for", gets one plan that must do for all and reads everything. Which
 * rows they are is found in indexes alone; only those are then read.
 */
export function merchantRows<Row extends pg.QueryResultRow, Filter extends string>(shape: Shape<Filter>) {
  const known = new Map<string, { list: Statement; count: Statement }>();

  const prepared = (query: Asked<Filter>) => {
    const given: Readonly<Record<string, unknown>> = query;
    const asked = [...Object.keys(shape.filters), ...(shape.searches ? ['q'] : [])].filter(
      (name) => given[name] !== undefined,
    );
    const statements = known.get(asked.join()) ?? statementsFor(shape, asked);
    known.set(asked.join(), statements);
    return { ...statements, values: asked.map((name) => given[name]) };
  };

  return {
    list: (database: Queryable, merchantId: string, query: Asked<Filter>): Promise<Row[]> => {
      const { list, values } = prepared(query);
      return database.rows<Row>(list, [merchantId, ...values, query.limit, query.offset]);
    },
    count: async (database: Queryable, merchantId: string, query: Asked<Filter>): Promise<number> => {
      const { count, values } = prepared(query);
      const [counted] = await database.rows<{ total: number }>(count, [merchantId, ...values]);
      return counted?.total ?? 0;
    },
  };
}

/** Reads pages of a merchant's rows, with how many there are in all. */
export function merchantList<Row extends pg.QueryResultRow, Filter extends string>(shape: Shape<Filter>) {
  const { list, count } = merchantRows<Row, Filter>(shape);
  return async (database: Queryable, merchantId: string, query: Asked<Filter>): Promise<List<Row>> => {
    const [data, total] = await Promise.all([list(database, merchantId, query), count(database, merchantId, query)]);
    return { data, total, limit: query.limit, offset: query.offset };
  };
}

function statementsFor({ name, table, columns, filters, searches = [] }: Shape<string>, asked: readonly string[]) {
  const placeOf = (index: number) => `$${index + 2}`;
  const conditions = asked.flatMap((filter, index) => filters[filter]?.(placeOf(index)) ?? []);
  const q = asked.indexOf('q');
  const ways = q === -1 ? [[]] : searches.map((search) => [search(placeOf(q))]);
  const found = ways
    .map((way) => ['merchant_id = $1', ...conditions, ...way].join(' and '))
    .map((all) => `select id, created_at from ${table} where ${all}`)
    .join(' union ');
  const suffix = asked.length > 0 ? ` by ${asked.join(', ')}` : '';
  return {
    list: statement(
      `list ${name}${suffix}`,
      `select ${columns} from ${table}
       where merchant_id = $1 and id = any (array(
         select id from (${found}) found
         order by created_at desc, id desc limit ${placeOf(asked.length)} offset ${placeOf(asked.length + 1)}
       ))
       order by created_at desc, id desc`,
    ),
    count: statement(`count ${name}${suffix}`, `select count(*) as total from (${found}) found`),
  };
}
