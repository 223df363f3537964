/** `node --import @tidemark/sdk/register worker.ts`: lets Node load TypeScript with decorators. */
import { register } from 'node:module';

register('./register-hooks.mjs', import.meta.url);
