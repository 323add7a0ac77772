/** One command from its words to its exit code. */
import { parseCommandLine } from './arguments.ts';
import type { CliDeps } from './deps.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { Interrupted } from './interrupt.ts';
import { reportError } from './report.ts';

/** A command brings its own modules, so that none pays for those of another at start. */
export const runCli = async (argv: readonly string[], deps: CliDeps): Promise<ExitCode> => {
  try {
    const request = parseCommandLine(argv);
    if (request.command === 'version') {
      const { version } = await import('./version.ts');
      deps.stdout.write(`${version()}\n`);
      return EXIT.done;
    }
    if (request.command === 'help') {
      const { helpText } = await import('./help.ts');
      deps.stdout.write(helpText(request.topic));
      return EXIT.done;
    }
    if (request.command === 'analyze') return await (await import('./analyze.ts')).runAnalyze(request, deps);
    if (request.to === 'manifest') {
      return await (await import('./convert-manifest.ts')).convertManifest(request, deps);
    }
    return await (await import('./convert.ts')).runConvert(request, deps);
  } catch (thrown) {
    if (thrown instanceof Interrupted) return EXIT.interrupted;
    return exitCodeOf(reportError(thrown, argv.includes('--json'), deps));
  }
};
