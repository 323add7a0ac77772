import { useCallback, useState } from 'react';
import { type Problem, problemOf } from '../data/problem.ts';
import { usePageData } from '../hooks/page-data-context.ts';
import { useBackOnline } from '../hooks/use-online.ts';
import type { ExportFormat } from '../texts/exports.ts';
import { TEXTS } from '../texts/index.ts';
import styles from './export-menu.module.css';
import { saveFile } from './export-menu-save.ts';
import { Icon } from './icon.tsx';

const { exportMenu } = TEXTS;
const FORMATS = Object.keys(exportMenu.formats) as ExportFormat[];

type Progress =
  | { state: 'idle' }
  | { state: 'making'; format: ExportFormat }
  | { state: 'made'; fileName: string }
  | { state: 'failed'; format: ExportFormat; problem: Problem };

const Told = ({ progress, rows }: { progress: Progress; rows: number | undefined }) => {
  switch (progress.state) {
    case 'making':
      return exportMenu.making(progress.format);
    case 'made':
      return exportMenu.made(progress.fileName, rows);
    case 'failed':
      return exportMenu.failed(progress.format, progress.problem.message);
    default:
      return null;
  }
};

/**
 * A button for every format of a run's results. The address of a file is asked for with the click: it is good for an hour.
 * `rows`: how many there are in all, where a reader may see fewer of them.
 */
export const ExportMenu = ({ runId, rows }: { runId: string; rows?: number | undefined }) => {
  const { api } = usePageData();
  const [progress, setProgress] = useState<Progress>({ state: 'idle' });
  const isMaking = progress.state === 'making';
  const forget = useCallback(() => setProgress({ state: 'idle' }), []);
  useBackOnline(progress.state === 'failed' && progress.problem.kind === 'offline', forget);

  const make = async (format: ExportFormat): Promise<void> => {
    if (isMaking) return;
    setProgress({ state: 'making', format });
    try {
      const { download } = await api.exportRun({ runId, format });
      await saveFile(download);
      setProgress({ state: 'made', fileName: download.fileName });
    } catch (thrown) {
      setProgress({ state: 'failed', format, problem: problemOf(thrown) });
    }
  };

  return (
    <div className={styles.export}>
      {/* biome-ignore lint/a11y/useSemanticElements: A fieldset cannot be laid out as a row of joined buttons in every browser. */}
      <div
        className={styles.buttons}
        role="group"
        aria-label={rows === undefined ? exportMenu.group : exportMenu.groupOfAll(rows)}
        title={rows === undefined ? undefined : exportMenu.hint(rows)}
      >
        <span className={styles.label} aria-hidden="true">
          <Icon name="download" />
          <span>
            {exportMenu.group}
            {rows !== undefined && <span className={styles.all}>{exportMenu.all}</span>}
          </span>
        </span>
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            className={styles.button}
            aria-disabled={isMaking}
            aria-busy={isMaking && progress.format === format}
            onClick={() => void make(format)}
          >
            {exportMenu.formats[format]}
          </button>
        ))}
      </div>
      <p className={progress.state === 'failed' ? styles.failed : styles.told} role="status">
        <Told progress={progress} rows={rows} />
      </p>
    </div>
  );
};
