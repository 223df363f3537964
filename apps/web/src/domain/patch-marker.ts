/** Which change a patch marker stands for. SDKs write it in three ways. */
import { attributesOf } from './event-body.ts';
import type { Body } from './payload-json.ts';
import { isBody, readable } from './payload-json.ts';

export function patchOf(body: Body | undefined): string | undefined {
  const details = body === undefined ? undefined : readable(attributesOf(body)['details']);
  if (!isBody(details)) return undefined;
  const first = (name: string): unknown => {
    const value = details[name];
    return Array.isArray(value) ? (value[0] as unknown) : value;
  };
  const data = first('patch-data');
  if (isBody(data)) return typeof data['id'] === 'string' ? data['id'] : undefined;
  const id = first('change-id') ?? first('changeId');
  const version = first('version');
  return typeof id === 'string' ? `${id}${typeof version === 'number' ? ` v${version}` : ''}` : undefined;
}
