import { describe, expect, it } from 'vitest';
import { listCommand, listSnippet } from './list-command.ts';

describe('the list from outside', () => {
  it('quotes what a shell would read', () =>
    expect(listCommand('default', "WorkflowType = 'A$(x)'")).toBe(
      String.raw`temporal workflow list --namespace default --query 'WorkflowType = '\''A$(x)'\'''`,
    ));
  it('asks for all runs without a query', () => {
    expect(listCommand('n', '')).toBe('temporal workflow list --namespace n');
    expect(listSnippet('')).toContain('listWorkflows()');
  });
  it('writes the query as a text of the language', () => expect(listSnippet('a = "b"')).toContain(String.raw`"a = \"b\""`));
});
