/** All that a command needs of the world. A test passes plain objects. */
import type { Config } from '../../functions/src/config.ts';
import type { Analysis, AnalysisKind } from '../../functions/src/contracts/analysis.ts';
import type { Document } from '../../functions/src/contracts/document.ts';
import type { DocumentConverter, FileUnpacker } from '../../functions/src/ports.ts';

export type OnProgress = (done: number, total: number) => void;

export interface CliDeps {
  stdout: { write(text: string): void };
  stderr: { write(text: string): void };
  /** Width of the terminal that shows stderr; null when it is a file or a pipe, where no progress is drawn. */
  terminalColumns: number | null;
  /** Where relative paths start: the folder of the person, not of npm. */
  workingFolder: string;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Milliseconds since the process was started. */
  elapsedMs(): number;
  readConfig(): Promise<Config>;
  createConverter(config: Config, size: number): Promise<DocumentConverter & FileUnpacker & { close(): Promise<void> }>;
  analyze(documents: Document[], kinds: readonly AnalysisKind[], onProgress: OnProgress): Promise<Analysis>;
}
