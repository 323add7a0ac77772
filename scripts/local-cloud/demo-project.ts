/** Stand-ins must never be mistaken for the cloud: they run for projects that cannot exist there. */
export const requireDemoProject = (projectId: string): void => {
  if (!projectId.startsWith('demo-')) {
    throw new Error(`Stand-ins run only for projects whose id begins with "demo-", not for "${projectId}".`);
  }
};
