import { type Queryable, statement } from '../database/database.ts';

/** A text that matched, and where it stands. */
export type StoredText = {
  readonly table: string;
  readonly column: string;
  readonly row: string;
  readonly text: string;
};

type Table = { table: string; columns: string[]; key: string[] | null; blocks: number };

/** Asked of the database and not listed here, so that a column somebody adds is looked into from its first day. */
const findTables = statement(
  'doctor-tables',
  `select t.table_name::text as table, array_agg(quote_ident(c.column_name) order by c.ordinal_position) as columns,
          (select array_agg(quote_ident(a.attname)) from pg_index i
           join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
           where i.indisprimary and i.indrelid = t.oid) as key,
          pg_relation_size(t.oid) / current_setting('block_size')::integer as blocks
   from (
     select table_name, table_schema, format('%I.%I', table_schema, table_name)::regclass::oid as oid
     from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
   ) t
   join information_schema.columns c using (table_schema, table_name)
   where c.data_type not in ('boolean', 'smallint', 'integer', 'real', 'double precision', 'uuid', 'date', 'interval', 'bytea')
     and c.data_type not like 'time%'
   group by t.table_name, t.oid order by 1`,
);

/** Tables are read in pieces of 32 MB: no statement runs long, and no answer is large. */
const blocksAtOnce = 4_096;

/** Every stored text that matches a regular expression of PostgreSQL's, row by row. */
export async function* storedTexts(within: Queryable, pattern: string): AsyncGenerator<StoredText> {
  for (const table of await within.rows<Table>(findTables)) {
    for (let block = 0; block < table.blocks; block += blocksAtOnce) {
      const range = [pattern, `(${block},0)`, `(${block + blocksAtOnce},0)`];
      for (const { row, texts } of await within.rows<{ row: string; texts: (string | null)[] }>(look(table), range)) {
        for (const [index, text] of texts.entries()) {
          if (text !== null) yield { table: table.table, column: table.columns[index] ?? '', row, text };
        }
      }
    }
  }
}

function look({ table, columns, key }: Table) {
  const texts = columns.map((column) => `${column}::text`).join(', ');
  const row = (key ?? ['ctid']).map((column) => `${column}::text`).join(', ');
  // Without a name: a named statement must keep its text, and a table may get a column while this process lives.
  return statement(
    '',
    `select concat_ws(' ', ${row}) as row, array[${texts}] as texts from public."${table}"
     where ctid >= $2::tid and ctid < $3::tid and concat_ws(E'\\n', ${texts}) ~ $1`,
  );
}
