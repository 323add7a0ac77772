import { useEffect, useRef, useState } from 'react';

const PAUSE_MS = 5000;

/** The text as it may be announced: it follows `text`, but changes at most every five seconds, so that it can be listened to. */
export const useAnnouncement = (text: string): string => {
  const [told, setTold] = useState(text);
  const toldAt = useRef(0);
  useEffect(() => {
    if (text === told) return;
    const wait = Math.max(0, toldAt.current + PAUSE_MS - Date.now());
    const timer = setTimeout(() => {
      toldAt.current = Date.now();
      setTold(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text, told]);
  return told;
};
