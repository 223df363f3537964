/** `npm run bench`: the engine's benchmarks. */
import { spawnSync } from 'node:child_process';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { root } from './root.mjs';

install({ everything: true });
build({ withTypes: true });
process.exit(spawnSync('npm', ['run', 'bench', '-w', '@tidemark/engine', '--silent'], { cwd: root, stdio: 'inherit' }).status ?? 1);
