import { DATABASE, PASSWORD, USER } from '../postgres/names.ts';

/** The address of the embedded PostgreSQL when it listens on `port`. */
export const urlOfEmbedded = (port: number) => `postgresql://${USER}:${PASSWORD}@localhost:${port}/${DATABASE}`;
