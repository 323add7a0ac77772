/** Jest's globalSetup: runs once, in Jest's own process. */
import { offerFirestore } from './shared-firestore.ts';

// biome-ignore lint/style/noDefaultExport: Jest takes it from the default export.
export default offerFirestore;
