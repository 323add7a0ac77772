import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import styles from './popup-menu.module.css';

/** A button that shows choices below it until Escape, a click beside it, or the keyboard leaves it. */
export const PopupMenu = ({
  label,
  name = label,
  isChosen = false,
  isAtEnd = false,
  children,
}: {
  label: ReactNode;
  /** For a screen reader, where the label alone does not say it. */
  name?: ReactNode;
  /** Something in it is chosen. */
  isChosen?: boolean;
  /** Its choices begin at the right edge of the button. */
  isAtEnd?: boolean;
  children: ReactNode;
}) => {
  const [isOpen, setIsOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panelId = useId();
  useEffect(() => {
    if (!isOpen) return;
    const closeFromOutside = ({ target }: PointerEvent): void => {
      if (target instanceof Node && !whole.current?.contains(target)) setIsOpen(false);
    };
    document.addEventListener('pointerdown', closeFromOutside);
    return () => document.removeEventListener('pointerdown', closeFromOutside);
  }, [isOpen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return;
    event.stopPropagation();
    setIsOpen(false);
    button.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: It only hears the keys that its button and its choices do not take.
    <div
      className={styles.whole}
      ref={whole}
      onKeyDown={onKeyDown}
      onBlur={({ relatedTarget }) => {
        if (relatedTarget && !whole.current?.contains(relatedTarget)) setIsOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className={isChosen ? styles.chosen : styles.button}
        aria-expanded={isOpen}
        aria-controls={panelId}
        aria-label={typeof name === 'string' ? name : undefined}
        onClick={() => setIsOpen((before) => !before)}
      >
        {label}
        <Icon name="forward" />
      </button>
      <div id={panelId} className={isAtEnd ? styles.panelAtEnd : styles.panel} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </div>
  );
};

/** One choice of many: its name, and how many rows it would leave. */
export const MenuChoice = ({
  isChecked,
  toggle,
  count,
  children,
}: {
  isChecked: boolean;
  toggle: () => void;
  count?: ReactNode;
  children: ReactNode;
}) => (
  <label className={styles.choice}>
    <input type="checkbox" checked={isChecked} onChange={toggle} />
    <span className={styles.name}>{children}</span>
    {count !== undefined && <span className={styles.count}>{count}</span>}
  </label>
);
