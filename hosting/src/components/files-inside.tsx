import { Link } from 'wouter';
import type { Conversion } from '../../../functions/src/contracts/conversion.ts';
import { problemOfFailure } from '../data/problem.ts';
import { doneStep, stepOf } from '../data/uploads/conversion-step.ts';
import { useConversions } from '../hooks/use-conversions.ts';
import { linkTo } from '../routes.ts';
import { TEXTS } from '../texts/index.ts';
import styles from './files-inside.module.css';
import { Icon } from './icon.tsx';
import { stepWords } from './upload-list-track.ts';

const { list, steps } = TEXTS.uploads;

const wordsOf = (conversion: Conversion): string => {
  if (conversion.failure) return problemOfFailure(conversion.failure).message;
  if (conversion.state === 'queued') return steps.waiting;
  const step = conversion.result ? doneStep(conversion, false) : stepOf(conversion);
  return stepWords({ step, sizeBytes: conversion.maxBytes });
};

const FileInside = ({ conversion }: { conversion: Conversion }) => {
  const { conversionId, fileName, result, failure, children = [] } = conversion;
  const without = result?.pagesWithoutText.length ?? 0;
  return (
    <li className={styles.file}>
      <span className={failure ? styles.bad : result ? styles.good : undefined}>
        <Icon name={failure ? 'warning' : result ? 'check' : 'clock'} />
      </span>
      <div className={styles.words}>
        {result ? <Link href={linkTo.document(conversionId)}>{fileName}</Link> : <span>{fileName}</span>}
        <span className={failure ? styles.bad : styles.quiet}>{wordsOf(conversion)}</span>
        {without > 0 && <span className={styles.warn}>{steps.pagesWithoutText(without)}</span>}
        <FilesInside fileName={fileName} conversionIds={children} />
      </div>
    </li>
  );
};

/** The files in a mail or an archive, and how far each of them is; nothing when there are none, or none is known yet. */
export const FilesInside = ({ fileName, conversionIds }: { fileName: string; conversionIds: readonly string[] }) => {
  const conversions = useConversions(conversionIds);
  if (conversions.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={list.filesIn(fileName)}>
      {conversions.map((each) => (
        <FileInside key={each.conversionId} conversion={each} />
      ))}
    </ul>
  );
};
