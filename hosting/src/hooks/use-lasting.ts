import { useEffect, useState } from 'react';

/** True once `value` has been true for so long without a break. */
export const useLasting = (value: boolean, milliseconds: number): boolean => {
  const [hasLasted, setHasLasted] = useState(false);
  useEffect(() => {
    if (!value) return;
    const timer = setTimeout(() => setHasLasted(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setHasLasted(false);
    };
  }, [value, milliseconds]);
  return hasLasted;
};
