import type { Run } from '../../../../functions/src/contracts/run.ts';
import { Notice } from '../../components/notice.tsx';
import { TEXTS } from '../../texts/index.ts';
import { missingInWords, readMissing } from './missing-parts.ts';
import styles from './run-result.module.css';

const { words, run: texts } = TEXTS;
const { result } = texts;

/** The figures of a run that is ready, and what keeps it from being complete. */
export const RunResult = ({ run }: { run: Run }) => {
  const { state, coverage, rows } = run;
  const lacks = missingInWords(readMissing(run));
  const figures: [string, number | undefined][] = [
    [result.rows, rows],
    [result.sentences, coverage?.sentences],
    [result.inMatrix, coverage?.inMatrix],
    [result.excluded, coverage?.excluded],
    [result.unresolvedCount, coverage?.unresolved],
  ];
  return (
    <section aria-label={result.title} className={styles.result}>
      <dl className={styles.figures}>
        {figures.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name} className={styles.figure}>
                <dt>{name}</dt>
                <dd>{words.count(value)}</dd>
              </div>
            ),
        )}
      </dl>
      {coverage?.complete && state === 'completed' && <Notice tone="good">{result.complete}</Notice>}
      {((coverage?.unresolved ?? 0) > 0 || lacks.length > 0) && (
        <Notice tone="warn">
          <ul className={styles.lacks}>
            {coverage && coverage.unresolved > 0 && <li>{result.unresolved(coverage.unresolved)}</li>}
            {lacks.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  );
};
