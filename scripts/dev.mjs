/** `npm run dev`: the same three, watching their sources. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { requireNode, root } from './root.mjs';

requireNode();
install({ everything: true });
build({ withTypes: true });

const node = process.execPath;
const engine = join(root, 'apps/engine');
const processes = [
  [
    node,
    ['--import', 'tsx', '--watch', 'src/main.ts', 'server', 'start-dev', '--headless', '--db-filename', join(root, 'tidemark.db')],
    engine,
  ],
  ['npm', ['run', 'dev', '--silent'], join(root, 'apps/web')],
  [node, ['--import', '@tidemark/sdk/register', '--watch', 'worker.ts'], join(root, 'examples/order-system')],
];
const children = processes.map(([command, args, cwd]) => spawn(command, args, { cwd, stdio: 'inherit' }));
const stop = () => children.forEach((child) => child.kill('SIGTERM'));
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
