/** Runs the api against any server of the protocol: `node --import tsx dev-server.ts --address 127.0.0.1:7233 [--port 7243] [--tls] [--api-key KEY]`. */
import { parseArgs } from 'node:util';
import { connect } from '@tidemark/protocol/client';
import { createApi } from './root.ts';
import { serveApi } from './serve.ts';

const { values } = parseArgs({
  options: {
    address: { type: 'string', default: '127.0.0.1:7233' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '7243' },
    tls: { type: 'boolean', default: false },
    'api-key': { type: 'string' },
  },
});

const apiKey = values['api-key'];
const connection = connect({ address: values.address, ...(values.tls ? { tls: {} } : {}), ...(apiKey === undefined ? {} : { apiKey }) });
const api = createApi({ ...connection, onError: (path, error) => console.error(`api ${path}:`, error) });
const served = await serveApi({ api, host: values.host, port: Number(values.port) });
console.log(`api of ${values.address} at ${served.url}`);

for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    connection.close();
    void served.close().then(() => process.exit(0));
  });
}
