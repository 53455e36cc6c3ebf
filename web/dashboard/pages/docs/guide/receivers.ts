import express from '../snippets/express.mjs?raw';
import http from '../snippets/http.mjs?raw';
import lambda from '../snippets/lambda.mjs?raw';
import go from '../snippets/verify.go?raw';
import node from '../snippets/verify.mjs?raw';
import php from '../snippets/verify.php?raw';
import python from '../snippets/verify.py?raw';
import ruby from '../snippets/verify.rb?raw';
import java from '../snippets/VerifyWebhook.java?raw';

/** A file to copy into one's own server. */
export type Receiver = { name: string; file: string; language: string; code: string; needs?: string };

const needs = 'It uses verify.mjs, which is under Node.js.';

/** The files themselves, which tests run as they are shown. */
export const receivers: readonly Receiver[] = [
  { name: 'Node.js', file: 'verify.mjs', language: 'js', code: node },
  { name: 'Express', file: 'express.mjs', language: 'js', code: express, needs },
  { name: 'node:http', file: 'http.mjs', language: 'js', code: http, needs },
  { name: 'AWS Lambda', file: 'lambda.mjs', language: 'js', code: lambda, needs },
  { name: 'Python', file: 'verify.py', language: 'python', code: python },
  { name: 'PHP', file: 'verify.php', language: 'php', code: php },
  { name: 'Go', file: 'verify.go', language: 'go', code: go },
  { name: 'Java', file: 'VerifyWebhook.java', language: 'java', code: java },
  { name: 'Ruby', file: 'verify.rb', language: 'ruby', code: ruby },
];
