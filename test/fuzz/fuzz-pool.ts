/** Conversions as the product makes them: in processes with limits of time and memory. */
import { type ConverterPool, createConverterPool } from '../../functions/src/sandbox/pool.ts';

const MEGABYTE = 1_048_576;
const TIMEOUT_SECONDS = 10;
const MEMORY_MB = 256;

/** A small file that takes ten seconds or 256 MB is a fault, so these are far below what the service allows. */
export const fuzzPool = (lanes: number): ConverterPool =>
  createConverterPool({
    size: lanes,
    timeoutSeconds: TIMEOUT_SECONDS,
    memoryMb: MEMORY_MB,
    limits: {
      pdfBytes: 25 * MEGABYTE,
      officeBytes: 20 * MEGABYTE,
      textBytes: 5 * MEGABYTE,
      otherBytes: 10 * MEGABYTE,
      unpackedBytes: 64 * MEGABYTE,
    },
  });
