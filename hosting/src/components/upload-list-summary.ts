/** What a screen reader is told of a package: only when it gets a step further. */
import { filesInAll, missingNames, type Package, stateOf } from '../data/uploads/package.ts';
import { TEXTS } from '../texts/index.ts';

const { list, spoken } = TEXTS.uploads;

export const titleOf = ({ isSample, files }: Pick<Package, 'isSample' | 'files'>): string => {
  if (isSample) return list.sample;
  const [first] = files;
  return files.length === 1 && first ? first.fileName : list.package(files.length);
};

export const summaryOf = (told: Package): string => {
  const name = titleOf(told);
  const { analysis, files } = told;
  if (analysis.name === 'done') {
    const missing = missingNames(told).length;
    return spoken.done(name, analysis.rows) + (missing === 0 ? '' : spoken.without(missing, filesInAll(told)));
  }
  if (analysis.name === 'running' || analysis.name === 'asking') return spoken.analysing(name);
  const state = stateOf(told);
  if (state === 'failed' || state === 'attention') return spoken[state](name);
  const isArrived = files.every(({ step }) => ['queued', 'reading', 'done', 'same', 'failed'].includes(step.name));
  return isArrived ? spoken.reading(name) : spoken.working(name);
};
