# One service account for each function and each caller. A role stands on the one resource it is for; where an API has no such
# resource it stands on the project, and test/unit/infra/terraform.test.ts has the list of those.
# https://cloud.google.com/iam/docs/best-practices-service-accounts

locals {
  # Per function: its rights in each bucket, the queues it adds tasks to, and what it uses that only a project can grant.
  access = {
    "api" = {
      buckets = { uploads = "storage.objectUser", processed = "storage.objectUser" }
      queues  = ["plan-run", "analyze-window", "merge-analysis"]
      project = []
    }
    "on-upload" = {
      buckets = {}
      queues  = ["convert-document"]
      project = []
    }
    # It stores the files in an archive as uploads of their own.
    "convert-document" = {
      buckets = { uploads = "storage.objectUser", processed = "storage.objectUser" }
      queues  = ["convert-document", "ocr-shard", "plan-run"]
      project = []
    }
    "ocr-shard" = {
      buckets = { uploads = "storage.objectViewer", processed = "storage.objectUser" }
      queues  = ["ocr-shard", "convert-document"]
      project = ["documentai.apiUser"]
    }
    "plan-run" = {
      buckets = { processed = "storage.objectUser" }
      queues  = ["plan-run", "analyze-window", "merge-analysis"]
      project = []
    }
    "analyze-window" = {
      buckets = { processed = "storage.objectUser" }
      queues  = ["analyze-window", "merge-analysis"]
      project = ["aiplatform.user"]
    }
    "merge-analysis" = {
      buckets = { processed = "storage.objectUser" }
      queues  = ["merge-analysis"]
      project = []
    }
    "sweep" = {
      buckets = { uploads = "storage.objectUser", processed = "storage.objectUser" }
      queues  = ["convert-document", "ocr-shard", "plan-run", "analyze-window", "merge-analysis"]
      project = []
    }
  }
  # Who calls private functions: the tasks of the queues, Cloud Scheduler, Eventarc.
  callers = ["tasks", "scheduler", "events"]

  bucket_grants  = { for grant in flatten([for name, a in local.access : [for bucket, role in a.buckets : { name = name, bucket = bucket, role = role }]]) : "${grant.name}/${grant.bucket}" => grant }
  queue_grants   = { for grant in flatten([for name, a in local.access : [for queue in a.queues : { name = name, queue = queue }]]) : "${grant.name}/${grant.queue}" => grant }
  project_grants = { for grant in flatten([for name, a in local.access : [for role in a.project : { name = name, role = role }]]) : "${grant.name}/${grant.role}" => grant }
  secret_grants  = { for grant in flatten([for secret, readers in local.secrets : [for name in readers : { name = name, secret = secret }]]) : "${grant.name}/${grant.secret}" => grant }
}

# An account's id has six characters at least, which "api" has not.
resource "google_service_account" "function" {
  for_each   = local.access
  account_id = "run-${each.key}"
}

resource "google_service_account" "caller" {
  for_each   = toset(local.callers)
  account_id = "call-${each.key}"
}

# https://cloud.google.com/storage/docs/access-control/iam-roles
resource "google_storage_bucket_iam_member" "function" {
  for_each = local.bucket_grants
  bucket   = google_storage_bucket.this[each.value.bucket].name
  role     = "roles/${each.value.role}"
  member   = google_service_account.function[each.value.name].member
}

# https://cloud.google.com/tasks/docs/reference-access-control#roles
resource "google_cloud_tasks_queue_iam_member" "function" {
  for_each = local.queue_grants
  location = var.region
  name     = google_cloud_tasks_queue.this[each.value.queue].name
  role     = "roles/cloudtasks.enqueuer"
  member   = google_service_account.function[each.value.name].member
}

# Who adds a task names the account that the task will call as, and needs the right to.
# https://cloud.google.com/tasks/docs/creating-http-target-tasks#sa
resource "google_service_account_iam_member" "tasks" {
  for_each           = { for name, a in local.access : name => a if length(a.queues) > 0 }
  service_account_id = google_service_account.caller["tasks"].name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.function[each.key].member
}

# URLs are signed without a key file: the API asks IAM to sign as itself.
# https://cloud.google.com/storage/docs/access-control/signing-urls-with-helpers#required-roles
resource "google_service_account_iam_member" "signing" {
  service_account_id = google_service_account.function["api"].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = google_service_account.function["api"].member
}

# https://cloud.google.com/secret-manager/docs/access-control
resource "google_secret_manager_secret_iam_member" "function" {
  for_each  = local.secret_grants
  secret_id = google_secret_manager_secret.this[each.value.secret].id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.function[each.value.name].member
}

# https://cloud.google.com/run/docs/reference/iam/roles#run.invoker
resource "google_cloud_run_v2_service_iam_member" "invoker" {
  for_each = local.functions
  location = var.region
  name     = google_cloudfunctions2_function.this[each.key].name
  role     = "roles/run.invoker"
  member   = each.value.invoker == "allUsers" ? "allUsers" : google_service_account.caller[each.value.invoker].member
}

# A database has no policy of its own: a condition narrows the role to it.
# https://cloud.google.com/firestore/docs/manage-databases#configure_per-database_access_permissions
resource "google_project_iam_member" "database" {
  for_each = local.access
  project  = var.project_id
  role     = "roles/datastore.user"
  member   = google_service_account.function[each.key].member
  condition {
    title      = "only-this-database"
    expression = "resource.name == \"${google_firestore_database.default.id}\""
  }
}

# https://cloud.google.com/document-ai/docs/access-control/iam-roles
# https://cloud.google.com/vertex-ai/docs/general/access-control#aiplatform.user
resource "google_project_iam_member" "function" {
  for_each = local.project_grants
  project  = var.project_id
  role     = "roles/${each.value.role}"
  member   = google_service_account.function[each.value.name].member
}
