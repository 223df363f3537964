/** The `tidemark` command. */
import { parseConsoleConfig, parseServerConfig, usage } from './server/config.ts';
import { createKey } from './server/create-key.ts';
import { startConsoleOnly } from './server/start-console.ts';
import type { Running } from './server/start-dev.ts';
import { startDev } from './server/start-dev.ts';
import { UsageError } from './server/usage-error.ts';

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function start(args: readonly string[]): Promise<Running | undefined> {
  const [command, subcommand] = args;
  if (command === 'server' && subcommand === 'start-dev') return await startDev(parseServerConfig(args.slice(2)), write);
  if (command === 'console') return await startConsoleOnly(parseConsoleConfig(args.slice(1)), write);
  if (command === 'keys' && subcommand === 'create') {
    createKey(args.slice(2), write);
    return undefined;
  }
  if (command === '--help' || command === 'help' || command === undefined) {
    write(usage);
    return undefined;
  }
  throw new UsageError(`unknown command "${args.slice(0, 2).join(' ')}"\n\n${usage}`);
}

function endWith(running: Running): void {
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

try {
  const running = await start(process.argv.slice(2));
  if (running !== undefined) {
    endWith(running);
    write('ready');
  }
} catch (error) {
  // Errors that say what to do are one sentence; anything else is a bug and keeps its stack.
  const text =
    error instanceof UsageError || (error instanceof Error && 'code' in error)
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`tidemark: ${text}\n`);
  process.exit(1);
}
