// Runs the built console: `node server.mjs [--port 8233] [--host 127.0.0.1]`, with TIDEMARK_API_URL naming the api.
import { createServer } from 'node:http';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env.PORT ?? '8233' },
    host: { type: 'string', default: '127.0.0.1' },
  },
});

if (!LOOPBACK.has(values.host) && process.env.TIDEMARK_CONSOLE_SIGN_IN !== '1') {
  // Whoever reaches the console may read and end every run, so beyond this machine people must sign in.
  console.error(
    `Nobody signs in to this console, so it listens on this machine only, not on ${values.host}. Start it with an engine that has --api-keys.`,
  );
  process.exit(1);
}

process.env.NODE_ENV = 'production';
process.env.NEXT_TELEMETRY_DISABLED = '1';
const { default: next } = await import('next');
const port = Number(values.port);
const app = next({ dev: false, dir: dirname(fileURLToPath(import.meta.url)), hostname: values.host, port });
const handle = app.getRequestHandler();
await app.prepare();
const server = createServer((request, response) => void handle(request, response));
server.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
server.listen(port, values.host, () => {
  console.log(`console at http://${values.host}:${port}`);
  // A parent that started this process with a channel waits for this word.
  process.send?.({ ready: true });
});

for (const name of ['SIGINT', 'SIGTERM']) {
  process.once(name, () => {
    server.close(() => process.exit(0));
    // Streams never end on their own.
    server.closeAllConnections();
  });
}
