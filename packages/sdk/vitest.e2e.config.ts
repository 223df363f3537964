import { defineConfig, mergeConfig } from 'vitest/config';
import unit from './vitest.config.ts';

const config = mergeConfig(unit, defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } }));
config.test.include = ['test/e2e/**/*.test.ts'];
config.test.exclude = [];
export default config;
