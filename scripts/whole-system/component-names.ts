/** The parts of the local cloud as a person knows them. */
import type { Component } from '../local-cloud/ports.ts';

export const COMPONENT_NAMES: Readonly<Record<Component, string>> = {
  hosting: 'Hosting: page and API',
  cloudRun: 'Cloud Run: front door',
  functions: 'Functions',
  firestore: 'Firestore (emulator)',
  auth: 'Auth (emulator)',
  storage: 'Cloud Storage',
  tasks: 'Cloud Tasks',
  documentAi: 'Document AI',
  vertexAi: 'Vertex AI',
  secretManager: 'Secret Manager',
  metadata: 'Metadata and IAM',
  sentry: 'Sentry sink',
};

const WIDTH = Math.max(...Object.values(COMPONENT_NAMES).map(({ length }) => length));

/** "  Firestore (emulator)   ready    1.9 s  http://127.0.0.1:8080" */
export const componentLine = (
  component: Component,
  state: 'ready' | 'failed',
  elapsedMs: number,
  address: string | null,
): string => {
  const seconds = `${(elapsedMs / 1000).toFixed(1)} s`.padStart(7);
  return `  ${COMPONENT_NAMES[component].padEnd(WIDTH)}  ${state.padEnd(6)} ${seconds}  ${address ?? ''}`.trimEnd();
};
