import { setImmediate } from 'node:timers/promises';
import { api } from '@tidemark/protocol/api';
import { TRPCError } from '@trpc/server';
import { RE2JS } from 're2js';
import { z } from 'zod';
import { toJson } from '../json/to-json.ts';
import { executionInput, procedure } from '../procedure.ts';

const TEXT_MAX = 200;
/** Of one answer: who asks shows how far it has come, and may change their mind. */
const EVENTS_MAX = 4096;
const EVENTS_PER_TURN = 64;
/** Of a longer payload this much is searched. */
const PAYLOAD_BYTES_MAX = 256 * 1024;

export interface FoundEvents {
  readonly ids: readonly number[];
  /** The last event that was looked at: what follows is asked for after it. */
  readonly readTo: number;
  readonly more: boolean;
}

/**
 * Events whose body holds a text or matches a regular expression, as the body is shown: JSON in lines. Capitals do not matter. Expressions
 * are RE2's, which take time in proportion to what is searched, whatever somebody writes: no look-around and no back-references.
 */
export const find = procedure
  .input(
    executionInput.extend({
      text: z.string().min(1).max(TEXT_MAX),
      isRegex: z.boolean().default(false),
      after: z.number().int().min(0).default(0),
    }),
  )
  .query(async ({ ctx, input: { text, isRegex, after, ...run }, signal }): Promise<FoundEvents> => {
    const test = isRegex ? expressionOf(text) : textOf(text);
    const feed = ctx.feeds.of(run);
    await feed.reach(after + EVENTS_MAX);
    const events = feed.events.slice(after, after + EVENTS_MAX);
    const ids: number[] = [];
    for (const [index, event] of events.entries()) {
      // A long history is seconds of work, in which others want to be served.
      if (index % EVENTS_PER_TURN === 0) await setImmediate();
      signal?.throwIfAborted();
      // Ids are dense and start at 1.
      if (test(JSON.stringify(toJson(api.history.v1.HistoryEvent, event, PAYLOAD_BYTES_MAX), null, 1))) ids.push(after + index + 1);
    }
    const readTo = after + events.length;
    return { ids, readTo, more: readTo < feed.length };
  });

type Test = (body: string) => boolean;

function textOf(text: string): Test {
  const wanted = text.toLowerCase();
  return (body) => body.toLowerCase().includes(wanted);
}

function expressionOf(source: string): Test {
  try {
    const expression = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE);
    return (body) => expression.matcher(body).find();
  } catch (error) {
    throw new TRPCError({ code: 'BAD_REQUEST', message: error instanceof Error ? error.message : String(error) });
  }
}
