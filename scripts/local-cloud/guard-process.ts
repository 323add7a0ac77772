/** node guard-process.ts COMMAND ARGUMENT…: runs COMMAND until it ends or whoever started this is gone. */
import { spawn } from 'node:child_process';
import { whenStarterIsGone } from './when-starter-is-gone.ts';

const PATIENCE_MS = 5000;
const [command = '', ...args] = process.argv.slice(2);
const asked = Promise.withResolvers<void>();
// Before the program is there: a request to end that comes earlier ends this process alone, and nothing is left behind.
whenStarterIsGone(asked.resolve);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

void asked.promise.then(() => {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
});
child.on('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  process.exit(127);
});
child.on('exit', (exitCode) => process.exit(exitCode ?? 1));
