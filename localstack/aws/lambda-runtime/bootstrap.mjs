/**
 * What Lambda's own Node.js runtime does: loads the handler, then asks the Runtime API for one invocation after another.
 * It is started with nothing but what a Lambda has. Beside the real one it only says its pid and what loading cost.
 */
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { AWS_LAMBDA_RUNTIME_API: api, LAMBDA_TASK_ROOT: folder, _HANDLER: handlerName } = process.env;
const agent = new Agent({ keepAlive: true });
// Of the main thread: on a busy machine the time on the wall is mostly the others'.
const before = process.threadCpuUsage();
const handler = await load().catch(async (error) => {
  await call('POST', 'init/error', describe(error));
  process.exit(1);
});
const { user, system } = process.threadCpuUsage(before);
const headers = { 'x-pid': process.pid, 'x-init-cpu-ms': (user + system) / 1_000 };

for (;;) {
  const { headers: next, body } = await call('GET', 'invocation/next', undefined, headers);
  const id = next['lambda-runtime-aws-request-id'];
  try {
    const result = await handler(JSON.parse(body), contextOf(next));
    await call('POST', `invocation/${id}/response`, result ?? null);
  } catch (error) {
    await call('POST', `invocation/${id}/error`, describe(error));
  }
}

async function load() {
  const [file, name] = handlerName.split('.');
  const found = (await import(pathToFileURL(join(folder, `${file}.mjs`)).href))[name];
  if (typeof found !== 'function') throw new Error(`${handlerName} is undefined or not exported`);
  return found;
}

function contextOf(next) {
  const deadlineMs = Number(next['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: next['lambda-runtime-aws-request-id'],
    invokedFunctionArn: next['lambda-runtime-invoked-function-arn'],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}

function describe(error) {
  return { errorType: error?.name, errorMessage: error?.message, trace: String(error?.stack).split('\n') };
}

function call(method, path, body, more = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(`http://${api}/2018-06-01/runtime/${path}`, { method, agent, headers: more }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ headers: response.headers, body: text }));
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
