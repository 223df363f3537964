import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

describe('parseArguments', () => {
  it('takes nothing, one value, or one value a line', () => {
    expect(parseArguments('  ')).toEqual({ ok: true, values: [] });
    expect(parseArguments('{ "a": [1] }')).toEqual({ ok: true, values: [{ a: [1] }] });
    expect(parseArguments('"x"\n2')).toEqual({ ok: true, values: ['x', 2] });
  });
  it('says what to do about a bare word', () =>
    expect(parseArguments('hello')).toEqual({ ok: false, message: 'This is not JSON. A text needs quotes: "hello"' }));
  it('sends no number as another one', () => {
    const message = '9007199254740993 would be rounded on its way; write it as text, in quotes.';
    expect(parseArguments('{"id": 9007199254740993}')).toEqual({ ok: false, message });
    expect(parseArguments('1\n9007199254740993')).toEqual({ ok: false, message });
    expect(parseArguments('[9007199254740991, 41.90]')).toEqual({ ok: true, values: [[9007199254740991, 41.9]] });
  });
});
