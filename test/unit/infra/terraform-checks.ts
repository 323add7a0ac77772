/** What infra/ must say, each as a function from the parsed files to what is wrong with them. */
import { readServiceConfig, SERVICE_SETTINGS } from '../../../functions/src/config.ts';
import { HANDLER_TIMEOUT_SECONDS, QUEUE_NAMES, type QueueName } from '../../../functions/src/contracts/tasks.ts';
import { eachResource, type Terraform } from '../../support/read-terraform.ts';

type Check = (terraform: Terraform) => string[];

/** As the parser gives what is no literal. */
const expression = (text: string): string => `\${${text}}`;

const differences = (what: string, found: readonly string[], wanted: readonly string[]): string[] => [
  ...wanted.filter((name) => !found.includes(name)).map((name) => `${what}: ${name} is missing`),
  ...found.filter((name) => !wanted.includes(name)).map((name) => `${what}: ${name} is one too many`),
];

const isQueue = (name: string): name is QueueName => (QUEUE_NAMES as string[]).includes(name);

/** Roles that stand on the project, because nothing smaller takes them. */
const PROJECT_ROLES: Readonly<Record<string, string>> = {
  'google_project_iam_member.storage_publishes_events roles/pubsub.publisher': 'Eventarc makes the topic by itself',
  'google_project_iam_member.events_are_received roles/eventarc.eventReceiver': 'events are received by a project',
  'google_project_iam_member.build_log roles/logging.logWriter': 'a log has no policy',
  'google_project_iam_member.function roles/documentai.apiUser': 'Terraform knows no policy of a processor',
  'google_project_iam_member.function roles/aiplatform.user': 'published models have no policy',
};

/** A condition narrows these to the one database, and to the buckets of sources. */
const CONDITIONAL_ROLES: Readonly<Record<string, string>> = {
  'google_project_iam_member.database roles/datastore.user': 'google_firestore_database.default.id',
  'google_project_iam_member.build_source roles/storage.objectViewer': 'projects/_/buckets/gcf-v2-sources-',
};

/** Resources that are made of a table of `locals`: attribute by attribute the expression that ties them to it. */
const WIRING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'google_cloud_tasks_queue.this': { for_each: 'local.queues', name: 'each.key' },
  'google_cloudfunctions2_function.this': { for_each: 'local.functions', name: 'each.key' },
  'google_storage_bucket.this': { for_each: 'local.buckets' },
  'google_service_account.function': { for_each: 'local.access' },
  'google_storage_bucket_iam_member.function': { for_each: 'local.bucket_grants' },
  'google_cloud_tasks_queue_iam_member.function': { for_each: 'local.queue_grants' },
  'google_secret_manager_secret.this': { for_each: 'local.secrets', secret_id: 'each.key' },
  'google_secret_manager_secret_iam_member.function': { for_each: 'local.secret_grants' },
  'google_cloud_run_v2_service_iam_member.invoker': { for_each: 'local.functions' },
  'google_project_iam_member.function': { for_each: 'local.project_grants' },
};

const tablesAreUsed: Check = (terraform) => {
  const resources = new Map(eachResource(terraform));
  return Object.entries(WIRING).flatMap(([name, attributes]) =>
    Object.entries(attributes)
      .filter(([attribute, text]) => resources.get(name)?.[attribute] !== expression(text))
      .map(([attribute, text]) => `${name}: ${attribute} is not ${text}`),
  );
};

const queuesAreThoseOfTheCode: Check = ({ locals }) => differences('queue', Object.keys(locals.queues), QUEUE_NAMES);

export const functionsAre =
  (registered: readonly string[]): Check =>
  ({ locals }) =>
    differences('function', Object.keys(locals.functions), registered);

const timeoutsAreThoseOfTheLeases: Check = ({ locals }) =>
  QUEUE_NAMES.filter((name) => locals.functions[name]?.timeout_seconds !== HANDLER_TIMEOUT_SECONDS[name]).map(
    (name) => `${name}: not ${HANDLER_TIMEOUT_SECONDS[name]} seconds`,
  );

const SIZES: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  api: { memory: '512Mi', concurrency: 80, timeout_seconds: 60 },
  'convert-document': { memory: '2Gi', cpu: '2', concurrency: 1, timeout_seconds: 540 },
  'analyze-window': { memory: '1Gi', concurrency: 20, timeout_seconds: 180 },
};

const sizesAreThoseOfTheDesign: Check = ({ locals, resources }) => {
  const { build_config: build, service_config: service } = resources.google_cloudfunctions2_function?.this ?? {};
  const wired = {
    available_memory: 'memory',
    available_cpu: 'cpu',
    max_instance_request_concurrency: 'concurrency',
    timeout_seconds: 'timeout_seconds',
    max_instance_count: 'max_instances',
  };
  return [
    ...Object.entries(SIZES).flatMap(([name, sizes]) =>
      Object.entries(sizes)
        .filter(([key, value]) => locals.functions[name]?.[key] !== value)
        .map(([key, value]) => `${name}: ${key} is not ${value}`),
    ),
    ...Object.entries(wired)
      .filter(([attribute, key]) => service?.[0][attribute] !== expression(`each.value.${key}`))
      .map(([attribute]) => `${attribute} does not come from the table`),
    ...(build?.[0].runtime === 'nodejs24' ? [] : ['the runtime is not nodejs24']),
    ...(build?.[0].entry_point === expression('each.key') ? [] : ['the entry point is not the name']),
  ];
};

/** What a function's instances refuse comes back as 429, and slows the whole queue. */
const queuesSendNoMoreThanIsTaken: Check = ({ locals }) =>
  Object.keys(locals.queues).filter((name) => {
    const { concurrency = 0, max_instances: instances = 0 } = locals.functions[name] ?? {};
    return locals.queues[name].at_once > concurrency * instances;
  });

/** A value of the right kind for each setting, where "1" is not. */
const SAMPLES: Readonly<Record<string, string>> = {
  TASKS_SERVICE_ACCOUNT: 'tasks@example.iam.gserviceaccount.com',
  MODEL_PROVIDER: 'openai-compatible',
  MODEL_BASE_URL: 'https://model.example/v1',
};

const environmentIsWhatTheCodeReads: Check = ({ locals }) => {
  const keys = Object.keys(locals.environment);
  const secretKeys = [...String(locals.secret_environment).matchAll(/\b[A-Z][A-Z0-9_]+(?= =)/g)].map(([key]) => key);
  const unknown = [...keys, ...secretKeys].filter((key) => !(SERVICE_SETTINGS as string[]).includes(key));
  const problems = unknown.map((key) => `${key} is no setting of a function`);
  try {
    readServiceConfig(Object.fromEntries(keys.map((key) => [key, SAMPLES[key] ?? '1'])));
  } catch (error) {
    problems.push(String((error as Error).message));
  }
  return problems;
};

/** Beside what the adapter grants: what a resumable session sends and answers. */
const SESSION_HEADERS = ['content-range', 'location', 'range'];

export const corsLists =
  (granted: readonly string[]): Check =>
  ({ locals, resources }) => {
    const { headers, methods } = locals.buckets.uploads;
    const { processed } = locals.buckets;
    const cors = resources.google_storage_bucket?.this.cors?.[0];
    return [
      ...differences(
        'header',
        headers.map((header: string) => header.toLowerCase()),
        [...granted, ...SESSION_HEADERS],
      ),
      ...differences('method', methods, ['PUT', 'POST', 'GET']),
      ...differences('result method', processed.methods, ['GET']),
      ...differences('result header', processed.headers, ['Content-Type', 'Content-Length', 'Range']),
      ...(cors?.response_header === expression('each.value.headers') ? [] : ['the table of headers is not used']),
      ...(cors?.method === expression('each.value.methods') ? [] : ['the table of methods is not used']),
    ];
  };

const bucketsAreClosed: Check = ({ resources }) =>
  Object.entries(resources.google_storage_bucket ?? {})
    .filter(([, body]) => body.uniform_bucket_level_access !== true || body.public_access_prevention !== 'enforced')
    .map(([name]) => name);

const functionsRunAsThemselves: Check = ({ locals, resources }) => {
  const email = resources.google_cloudfunctions2_function?.this.service_config[0].service_account_email;
  return [
    ...differences('account', Object.keys(locals.access), Object.keys(locals.functions)),
    ...(email === expression('google_service_account.function[each.key].email') ? [] : ['functions share an account']),
    ...(resources.google_service_account?.function.account_id === `run-${expression('each.key')}`
      ? []
      : ['accounts share an id']),
  ];
};

const projectRolesAreTheAllowedOnes: Check = (terraform) => {
  const granted = eachResource(terraform)
    .filter(([name]) => /^google_(project|folder|organization)_iam_/.test(name))
    .flatMap(([name, body]) => {
      const listed = Object.values<{ project: string[] }>(terraform.locals.access).flatMap(({ project }) => project);
      const roles =
        body.role === `roles/${expression('each.value.role')}` ? listed.map((role) => `roles/${role}`) : [body.role];
      return roles.map((role): [string, string] => [`${name} ${role}`, String(body.condition?.[0].expression)]);
    });
  return [
    ...granted
      .filter(([role, condition]) => {
        const within = CONDITIONAL_ROLES[role];
        return within === undefined ? PROJECT_ROLES[role] === undefined : !condition.includes(within);
      })
      .map(([role]) => role),
    ...differences(
      'allowed',
      [...Object.keys(PROJECT_ROLES), ...Object.keys(CONDITIONAL_ROLES)],
      [...new Set(granted.map(([role]) => role))],
    ),
  ];
};

const noRoleIsBroad: Check = (terraform) => {
  const roles = JSON.stringify([terraform.resources, terraform.locals]).match(/roles\/[\w.]+/g) ?? [];
  return roles.filter((role) => /^roles\/(owner|editor|viewer)$|admin$/i.test(role));
};

/** Every `…_iam_…` resource has the address of its role's description in the comment above it. */
const rolesHaveALink: Check = ({ files }) =>
  Object.entries(files).flatMap(([file, text]) =>
    [...text.matchAll(/((?:^#.*\n)*)^resource "(\w+_iam_\w+)" "(\w+)"/gm)]
      .filter(([, comment]) => !comment?.includes('https://'))
      .map(([, , type, name]) => `${file}: ${type}.${name}`),
  );

const CALLERS: Readonly<Record<string, string>> = { api: 'allUsers', 'on-upload': 'events', sweep: 'scheduler' };

const onlyTheApiIsPublic: Check = (terraform) => {
  const { functions, callers, environment } = terraform.locals;
  const anybody = /all(Authenticated)?Users/;
  const function2 = terraform.resources.google_cloudfunctions2_function?.this;
  return [
    ...Object.keys(functions)
      .filter((name) => functions[name].invoker !== (CALLERS[name] ?? 'tasks'))
      .map((name) => `${name}: called by ${functions[name].invoker}`),
    ...Object.keys(functions).filter((name) => name !== 'api' && !callers.includes(functions[name].invoker)),
    ...eachResource(terraform)
      .filter(([name, { member, members }]) => {
        const isInvoker = name === 'google_cloud_run_v2_service_iam_member.invoker';
        return !isInvoker && anybody.test(JSON.stringify([member, members]));
      })
      .map(([name]) => `${name}: open to anybody`),
    ...(function2?.service_config[0].ingress_settings.endsWith('"ALLOW_ALL" : "ALLOW_INTERNAL_ONLY"}')
      ? []
      : ['private functions take calls from outside']),
    ...(environment.TASKS_SERVICE_ACCOUNT === expression('google_service_account.caller["tasks"].email')
      ? []
      : ['tasks call in another name than the one that may']),
  ];
};

const uploadsAreAnnounced: Check = ({ locals, resources }) => {
  const [trigger] = resources.google_cloudfunctions2_function?.this.dynamic?.event_trigger ?? [];
  const content = trigger?.content[0];
  const { bucket, event_type: type, retry_policy: retry } = locals.triggers['on-upload'] ?? {};
  return [
    ...(bucket === 'uploads' ? [] : ['not the bucket of uploads']),
    ...(type === 'google.cloud.storage.object.v1.finalized' ? [] : ['not the end of an upload']),
    ...(retry === 'RETRY_POLICY_RETRY' ? [] : ['no retry']),
    ...(content?.retry_policy === expression('event_trigger.value.retry_policy') ? [] : ['the policy is not used']),
    ...differences('trigger', Object.keys(locals.triggers), ['on-upload']),
  ];
};

const theSweepComesOftenAndAlone: Check = ({ locals, resources }) => {
  const job = resources.google_cloud_scheduler_job?.sweep;
  const everyMinutes = Number(/^\*\/(\d+) \* \* \* \*$/.exec(job?.schedule)?.[1]);
  const target = job?.http_target[0];
  return [
    ...(everyMinutes <= 5 ? [] : ['not every few minutes']),
    ...(locals.functions.sweep.timeout_seconds < everyMinutes * 60 ? [] : ['the next sweep begins before one ends']),
    ...(target?.uri === expression('local.service_urls["sweep"]') ? [] : ['another address']),
    ...(target?.oidc_token?.[0].service_account_email === expression('google_service_account.caller["scheduler"].email')
      ? []
      : ['not in the name of the scheduler']),
  ];
};

/** Two owners of one index undo each other's work. */
const indexesBelongToFirebase: Check = ({ resources }) =>
  ['google_firestore_index', 'google_firestore_field', 'google_firebaserules_ruleset'].filter(
    (type) => resources[type],
  );

const rightsNameWhatExists: Check = ({ locals }) =>
  Object.entries<{ buckets: object; queues: string[] }>(locals.access).flatMap(([name, { buckets, queues }]) => [
    ...Object.keys(buckets).filter((bucket) => !locals.buckets[bucket]),
    ...queues.filter((queue) => !isQueue(queue)),
    // A try that failed comes back as a new task of the same queue.
    ...(isQueue(name) && !queues.includes(name) ? [`${name} may not add its own next try`] : []),
  ]);

export const CHECKS = {
  tablesAreUsed,
  queuesAreThoseOfTheCode,
  timeoutsAreThoseOfTheLeases,
  sizesAreThoseOfTheDesign,
  queuesSendNoMoreThanIsTaken,
  environmentIsWhatTheCodeReads,
  bucketsAreClosed,
  functionsRunAsThemselves,
  projectRolesAreTheAllowedOnes,
  noRoleIsBroad,
  rolesHaveALink,
  onlyTheApiIsPublic,
  uploadsAreAnnounced,
  theSweepComesOftenAndAlone,
  indexesBelongToFirebase,
  rightsNameWhatExists,
} satisfies Record<string, Check>;
