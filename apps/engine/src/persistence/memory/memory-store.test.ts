import { describeStore } from '../conformance/store-suite.ts';
import { openMemoryStore } from './memory-store.ts';

describeStore('the store in memory', () => Promise.resolve(openMemoryStore()));
