/** The sample solicitation, as files like any others. It is published beside the page. */
import { TEXTS } from '../../texts/index.ts';
import { declaredType } from './declared-type.ts';
import { ProblemError } from './problem-error.ts';

interface SampleFile {
  fileName: string;
  sizeBytes: number;
}

const unavailable = (cause: unknown): ProblemError =>
  new ProblemError(
    { kind: 'offline', message: TEXTS.uploads.problems.noSample, reason: 'SAMPLE_UNAVAILABLE' },
    { cause },
  );

/** @throws ProblemError SAMPLE_UNAVAILABLE */
export const loadSample = async (fetchFrom: typeof fetch = fetch): Promise<File[]> => {
  const get = async (path: string): Promise<Response> => {
    const answer = await fetchFrom(`/sample/${path}`);
    if (!answer.ok) throw new Error(`/sample/${path} was answered with ${answer.status}.`);
    return answer;
  };
  const load = async ({ fileName }: SampleFile): Promise<File> => {
    const bytes = await (await get(encodeURIComponent(fileName))).blob();
    return new File([bytes], fileName, { type: declaredType({ name: fileName, type: '' }) });
  };
  try {
    const listed = (await (await get('index.json')).json()) as SampleFile[];
    return await Promise.all(listed.map(load));
  } catch (thrown) {
    throw unavailable(thrown);
  }
};
