import { describe, expect, it, vi } from 'vitest';
import type { WirePayload } from '../domain/wire-payload.ts';
import type { Post } from './codec-client.ts';
import { CodecClient, CodecError } from './codec-client.ts';

const sealed = (text: string): WirePayload => ({ metadata: { encoding: btoa('binary/encrypted') }, data: btoa(text) });
const opened = (one: WirePayload): WirePayload => ({ metadata: { encoding: btoa('json/plain') }, data: btoa(`"${atob(one.data ?? '')}"`) });

function clientOf(post: Post) {
  const batches: number[] = [];
  const client = new CodecClient(
    (payloads) => {
      batches.push(payloads.length);
      return post(payloads);
    },
    () => undefined,
  );
  return { client, batches };
}

describe('CodecClient', () => {
  it('asks for each payload once, in batches', async () => {
    const { client, batches } = clientOf((payloads) => Promise.resolve(payloads.map(opened)));
    const many = Array.from({ length: 1_200 }, (_, index) => sealed(`v${index}`));
    client.ask(many);
    client.ask(many);
    client.ask([sealed('v7')]);
    await vi.waitFor(() => expect(client.answerTo(sealed('v1199'))).toEqual(opened(sealed('v1199'))));
    expect(batches).toEqual([500, 500, 200]);
    client.ask(many.slice(0, 3));
    await Promise.resolve();
    expect(batches).toHaveLength(3);
  });

  it('has at most four calls under way', async () => {
    let running = 0;
    let most = 0;
    const { client } = clientOf(async (payloads) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(() => resolve(undefined), 5));
      running -= 1;
      return payloads.map(opened);
    });
    client.ask(Array.from({ length: 3_500 }, (_, index) => sealed(`v${index}`)));
    await vi.waitFor(() => expect(client.answerTo(sealed('v3499'))).toBeDefined());
    expect(most).toBe(4);
  });

  it('says what went wrong, and asks again only when told to', async () => {
    let isWell = false;
    const { client, batches } = clientOf((payloads) =>
      isWell ? Promise.resolve(payloads.map(opened)) : Promise.reject(new CodecError('It answered 401.', 401)),
    );
    client.ask([sealed('a')]);
    await vi.waitFor(() => expect(client.trouble).toEqual({ status: 401, message: 'It answered 401.' }));
    client.ask([sealed('a')]);
    await Promise.resolve();
    expect(batches).toEqual([1]);
    isWell = true;
    client.forgive();
    client.ask([sealed('a')]);
    await vi.waitFor(() => expect(client.answerTo(sealed('a'))).toEqual(opened(sealed('a'))));
    expect(client.trouble).toBeUndefined();
  });

  it('takes no answer of another length', async () => {
    const { client } = clientOf(() => Promise.resolve([]));
    client.ask([sealed('a')]);
    await vi.waitFor(() => expect(client.trouble?.message).toBe('It answered 0 payloads to 1.'));
  });
});
