/** Files dropped anywhere in the window: beside the zone the browser would leave the page and show the file. */
import { useEffect, useRef, useState } from 'react';

interface Dropped {
  files: File[];
  folders: number;
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

const droppedOf = ({ items }: DataTransfer): Dropped => {
  const found: Dropped = { files: [], folders: 0 };
  for (const item of items) {
    if (item.kind !== 'file') continue;
    const file = item.getAsFile();
    if (item.webkitGetAsEntry()?.isDirectory) found.folders += 1;
    else if (file) found.files.push(file);
  }
  return found;
};

/** Whether files are held over the window; `take` gets them when they are let go. */
export const useDroppedFiles = (take: (dropped: Dropped) => void): boolean => {
  const [isOver, setIsOver] = useState(false);
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const over = new AbortController();
    const { signal } = over;
    const hold = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent): void => {
      if (relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      setIsOver(false);
      latest.current(droppedOf(event.dataTransfer));
    };
    addEventListener('dragenter', hold, { signal });
    addEventListener('dragover', hold, { signal });
    addEventListener('dragleave', leave, { signal });
    addEventListener('drop', drop, { signal });
    return () => over.abort();
  }, []);
  return isOver;
};
