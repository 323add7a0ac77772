import type { BlockIndex } from '../../../../functions/src/contracts/document.ts';
import { Button } from '../../components/button.tsx';
import { StatePanel } from '../../components/state-panel.tsx';
import { TEXTS } from '../../texts/index.ts';
import { useDownload } from '../use-download.ts';
import { originalKindOf } from './original.ts';
import { OriginalPages, type OriginalPagesProps } from './original-pages.tsx';

const { viewer } = TEXTS;

/** Whether there is something to see beside the Markdown. */
export const hasPages = ({ mediaType, pages }: BlockIndex): boolean => {
  const kind = originalKindOf(mediaType);
  return (kind === 'pdf' || kind === 'picture') && pages.length > 0;
};

/** The original, or what to do instead when it has no pages that a browser draws. */
export const OriginalPane = (props: OriginalPagesProps) => {
  const { conversionId, index } = props;
  const { download, problem } = useDownload(conversionId);
  if (hasPages(index)) return <OriginalPages {...props} />;
  const isTiff = originalKindOf(index.mediaType) === 'tiff';
  return (
    <StatePanel
      icon="document"
      title={viewer.noPages}
      actions={
        <Button icon="download" onClick={() => void download('original')}>
          {viewer.downloadOriginal}
        </Button>
      }
    >
      <p>{isTiff ? viewer.tiffText : viewer.noPagesText}</p>
      {problem && <p role="alert">{problem.message}</p>}
    </StatePanel>
  );
};
