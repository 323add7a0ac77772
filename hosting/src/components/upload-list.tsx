import { missingNames, type Package, stateOf } from '../data/uploads/package.ts';
import { usePageData } from '../hooks/page-data-context.ts';
import { useReadable } from '../hooks/use-readable.ts';
import { linkTo } from '../routes.ts';
import { TEXTS } from '../texts/index.ts';
import { Badge, type Tone } from './badge.tsx';
import { Button, ButtonLink } from './button.tsx';
import styles from './upload-list.module.css';
import { AnalysisRow } from './upload-list-analysis.tsx';
import { FileRow } from './upload-list-file.tsx';
import { summaryOf, titleOf } from './upload-list-summary.ts';

const { list, states } = TEXTS.uploads;

const TONE_OF: Readonly<Record<keyof typeof states, Tone>> = {
  working: 'busy',
  attention: 'warn',
  done: 'good',
  partial: 'warn',
  failed: 'bad',
};

const PackageCard = ({ shown, isBrief }: { shown: Package; isBrief: boolean }) => {
  const { uploads } = usePageData();
  const { packageId, files, analysis, isSample } = shown;
  const title = titleOf(shown);
  const state = stateOf(shown);
  const isPartial = analysis.name === 'done' && (analysis.isPartial || missingNames(shown).length > 0);
  const word = isPartial ? 'partial' : state;
  const isPutAway = isBrief && analysis.name === 'done' && !isPartial;
  const isOver = state === 'done' || state === 'failed';
  return (
    <li>
      <article className={styles.card} aria-labelledby={packageId}>
        <header className={styles.head}>
          <h3 id={packageId} className={styles.title}>
            {title}
            {isSample && <span className={styles.count}>{list.package(files.length)}</span>}
          </h3>
          <Badge tone={TONE_OF[word]}>{states[word]}</Badge>
          {isPutAway && (
            <ButtonLink look="quiet" icon="table" to={linkTo.matrix(analysis.runId)}>
              {list.openMatrix}
            </ButtonLink>
          )}
          {isOver && (
            <Button look="quiet" icon="cross" isIconOnly onClick={() => uploads.dismiss(packageId)}>
              {list.dismiss(title)}
            </Button>
          )}
        </header>
        {!isPutAway && (
          <>
            <AnalysisRow shown={shown} />
            <ul className={styles.files}>
              {files.map((file) => (
                <FileRow
                  key={file.fileId}
                  packageId={packageId}
                  file={file}
                  isAlone={files.length === 1 && !isSample}
                />
              ))}
            </ul>
          </>
        )}
      </article>
    </li>
  );
};

/** The packages under way, the newest first; nothing when there are none. Its heading is an h2. `isBrief`: one that is whole takes one line. */
export const UploadList = ({ isBrief = false }: { isBrief?: boolean }) => {
  const packages = useReadable(usePageData().uploads.packages);
  const [newest] = packages;
  return (
    <>
      <p className="visually-hidden" role="status">
        {newest ? summaryOf(newest) : ''}
      </p>
      {newest && (
        <section className={styles.list} aria-label={list.heading}>
          <h2 className="visually-hidden">{list.heading}</h2>
          <ul className={styles.cards}>
            {packages.map((each) => (
              <PackageCard key={each.packageId} shown={each} isBrief={isBrief} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
};
