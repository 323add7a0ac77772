import { type ReactNode, useId } from 'react';
import { Link } from 'wouter';
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, ButtonLink } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useConversions } from '../../hooks/use-conversions.ts';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import { type DownloadName, useDownload } from '../../viewer/use-download.ts';
import { engineInWords, isReadable, toneOf } from '../documents/describe-document.ts';
import { useAnalysisStart } from '../documents/use-analysis-start.ts';
import styles from './document-header.module.css';

const { document, words } = TEXTS;

const NAMES: readonly DownloadName[] = ['markdown', 'blocks', 'original'];

const Facts = ({
  conversion: { result, source, expiresAt },
  recognised,
}: {
  conversion: Conversion;
  recognised: number;
}) => (
  <>
    {result && result.pages > 0 && <span>{document.pages(result.pages)}</span>}
    {result && <span>{document.readAs(engineInWords(result.engine))}</span>}
    {recognised > 0 && <span>{document.recognised(recognised)}</span>}
    {source && <span>{words.size(source.sizeBytes)}</span>}
    <span>{document.keptUntil(words.day(expiresAt))}</span>
  </>
);

const Downloads = ({ download, busy }: Pick<ReturnType<typeof useDownload>, 'download' | 'busy'>) => {
  const labelId = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: They are no form fields.
    <div className={styles.downloads} role="group" aria-labelledby={labelId}>
      <span id={labelId} className="visually-hidden">
        {document.download}
      </span>
      {NAMES.map((name) => (
        <Button key={name} icon="download" disabled={busy === name} onClick={() => void download(name)}>
          {document.downloads[name]}
        </Button>
      ))}
    </div>
  );
};

/** What the document is, and what can be done with it. `conversion` null: not known yet. */
export const DocumentHeader = ({
  conversion,
  runId = conversion?.runId,
  recognised = 0,
  children,
}: {
  conversion: Conversion | null;
  /** The newest analysis that reads it. */
  runId?: string | undefined;
  /** Number of pages whose text was read off their picture. */
  recognised?: number;
  children?: ReactNode;
}) => {
  const { download, busy, problem } = useDownload(conversion?.conversionId ?? '');
  const { isStarting, problem: notStarted, start } = useAnalysisStart();
  const around = useConversions(conversion?.container ? [conversion.container.conversionId] : []);
  const above = (
    <span className={styles.above}>
      <Link href={linkTo.documents()} className={styles.up}>
        {document.toDocuments}
      </Link>
      {around.map(({ conversionId, fileName }) => (
        <Link key={conversionId} href={linkTo.document(conversionId)} className={styles.up}>
          {document.inFile(fileName)}
        </Link>
      ))}
    </span>
  );
  if (!conversion) return <PageHeader title={document.untitled} above={above} />;
  const { conversionId, fileName, state } = conversion;
  const actions = isReadable(conversion) && (
    <>
      <Downloads download={download} busy={busy} />
      {runId === undefined ? (
        <Button look="primary" disabled={isStarting} onClick={() => start([conversionId])}>
          {isStarting ? document.analysing : document.analyse}
        </Button>
      ) : (
        <ButtonLink look="primary" icon="table" to={linkTo.run(runId)}>
          {document.analysis}
        </ButtonLink>
      )}
    </>
  );
  const below = (
    <>
      <Badge tone={toneOf(state)}>{words.conversionState[state]}</Badge>
      <Facts conversion={conversion} recognised={recognised} />
    </>
  );
  return (
    <div className={styles.header}>
      <PageHeader title={fileName} above={above} below={below} actions={actions} />
      {problem && <Notice tone="bad">{document.downloadFailed(problem.message)}</Notice>}
      {notStarted && <Notice tone="bad">{notStarted.message}</Notice>}
      {children}
    </div>
  );
};
