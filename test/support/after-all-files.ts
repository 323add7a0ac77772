/** Jest's globalTeardown: runs once, in Jest's own process. */
import { endFirestore } from './shared-firestore.ts';

// biome-ignore lint/style/noDefaultExport: Jest takes it from the default export.
export default endFirestore;
