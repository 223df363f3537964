import { defineConfig } from 'vitest/config';
import unit from './vitest.config.ts';

export default defineConfig({ ...unit, test: { include: ['test/reference/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } });
