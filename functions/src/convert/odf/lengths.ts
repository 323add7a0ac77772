/** Lengths as OpenDocument writes them: "2.54cm", "0.5in". */

const EMU_PER_UNIT: Readonly<Record<string, number>> = {
  cm: 360_000,
  mm: 36_000,
  in: 914_400,
  pt: 12_700,
  pc: 152_400,
  px: 9525,
};

/** In English Metric Units; undefined for what is no length. */
export const toEmu = (length: string | undefined): number | undefined => {
  const match = /^(-?\d*\.?\d+)(cm|mm|in|pt|pc|px)$/.exec(length?.trim() ?? '');
  const unit = EMU_PER_UNIT[match?.[2] ?? ''];
  return unit === undefined ? undefined : Number(match?.[1]) * unit;
};
