/** Where in the code of its author a failure was thrown, read from the stacks of the languages that have an SDK. */

export interface StackFrame {
  /** As the stack names it; empty for code outside of functions. */
  readonly name: string;
  /** With its folders, as the stack names it. */
  readonly file: string;
  readonly line: number;
}

const FOREIGN =
  /node_modules|^node:|internal\/|<anonymous>|site-packages|dist-packages|lib\/python|temporalio|^io\.temporal|^java\.|^javax\.|^jdk\.|^sun\.|^kotlin|go\.temporal\.io|^runtime\.|libexec\/|\/usr\/local\/go|^System\.|^Temporalio/;
const FRAMES_MAX = 60;

/** The first frame that belongs to the author, else nothing: a frame of a library says nothing about whose error it is. */
export function topFrame(stack: string | undefined): StackFrame | undefined {
  if (!stack) return undefined;
  const lines = stack.split('\n', FRAMES_MAX);
  const frames = lines.flatMap((line, index) => read(line, lines[index + 1] ?? '') ?? []);
  // Python lists the innermost call last, as its own first line says.
  const ordered = /^\s*File "/m.test(stack) ? frames.reverse() : frames;
  return ordered.find(({ name, file }) => !FOREIGN.test(name) && !FOREIGN.test(file));
}

function read(line: string, next: string): StackFrame | undefined {
  const python = /^\s*File "([^"]+)", line (\d+)(?:, in (.+))?$/.exec(line);
  if (python) return frame(python[3], python[1], python[2]);
  const dotnet = /^\s*at (.+?)\(.*\) in (.+):line (\d+)$/.exec(line);
  if (dotnet) return frame(dotnet[1], dotnet[2], dotnet[3]);
  const java = /^\s*at ([\w.$<>]+)\(([\w$]+\.(?:java|kt|scala)):(\d+)\)$/.exec(line);
  if (java) return frame(java[1], java[2], java[3]);
  const script = /^\s*at (?:(.+?) \()?((?:file:\/\/)?[^()]+?):(\d+)(?::\d+)?\)?$/.exec(line);
  if (script) return frame(script[1]?.replace(/^async /, ''), script[2]?.replace(/^async |^file:\/\//g, ''), script[3]);
  // Go tells the function and, on the line below it, the file.
  const go = /^\t(\S+\.go):(\d+)/.exec(next);
  return go ? frame(/^(\S+?)\(/.exec(line.trim())?.[1] ?? line.trim(), go[1], go[2]) : undefined;
}

/** Through which object a function was called says nothing of it. */
const frame = (name = '', file = '', line = ''): StackFrame => ({
  name: name.replace(/ \[as [^\]]+\]$/, '').replace(/^Object\./, ''),
  file,
  line: Number(line),
});

/** What stays the same while lines move: the function, and its file without folders. */
export const frameKey = ({ name, file }: StackFrame): string => `${name}@${file.split(/[/\\]/).at(-1) ?? ''}`;
