import { describe, expect, it } from 'vitest';
import { argumentAt, valueAt } from './json-path.ts';

const order = { customer: { id: 'c-7', 'home.city': 'Oslo' }, items: [{ sku: 'a' }, { sku: 'b' }], none: null };

describe('valueAt', () => {
  it('goes into objects and lists', () => {
    expect(valueAt(order, 'customer.id')).toBe('c-7');
    expect(valueAt(order, 'items[1].sku')).toBe('b');
    expect(valueAt(order, 'items.0')).toEqual({ sku: 'a' });
    expect(valueAt(order, 'none')).toBeNull();
  });

  it('is nothing where there is nothing, and takes nothing from prototypes', () => {
    expect(valueAt(order, 'customer.name.first')).toBeUndefined();
    expect(valueAt(order, 'customer.toString')).toBeUndefined();
    expect(valueAt(order, 'items.length')).toBe(2);
    expect(valueAt('text', 'length')).toBeUndefined();
    expect(valueAt(order, 'a.'.repeat(30))).toBeUndefined();
  });
});

describe('argumentAt', () => {
  it('goes into the first argument unless another is named', () => {
    expect(argumentAt([order, 'eu'], 'customer.id')).toBe('c-7');
    expect(argumentAt([order, 'eu'], '1')).toBe('eu');
    expect(argumentAt([order, 'eu'], '[0].items[0].sku')).toBe('a');
    expect(argumentAt([], 'customer.id')).toBeUndefined();
  });
});
