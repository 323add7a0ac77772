import { stripTypeScriptTypes } from 'node:module';

/** Node's own type stripping, so that tests run exactly the JavaScript that `node file.ts` runs. */
export const process = (source, path) => ({ code: path.endsWith('.ts') ? stripTypeScriptTypes(source) : source });

export default { process };
