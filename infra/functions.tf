# The functions of functions/src/index.ts. Who may call one is its `invoker`: an account of service-accounts.tf, or everybody.
# https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/cloudfunctions2_function

locals {
  # Timeouts of task handlers are HANDLER_TIMEOUT_SECONDS in functions/src/contracts/tasks.ts: leases are counted from them.
  functions = {
    "api"              = { memory = "512Mi", cpu = "1", concurrency = 80, timeout_seconds = 60, max_instances = 20, invoker = "allUsers" }
    "on-upload"        = { memory = "512Mi", cpu = "1", concurrency = 20, timeout_seconds = 60, max_instances = 10, invoker = "events" }
    "convert-document" = { memory = "2Gi", cpu = "2", concurrency = 1, timeout_seconds = 540, max_instances = 40, invoker = "tasks" }
    "ocr-shard"        = { memory = "1Gi", cpu = "1", concurrency = 4, timeout_seconds = 180, max_instances = 5, invoker = "tasks" }
    "plan-run"         = { memory = "1Gi", cpu = "1", concurrency = 1, timeout_seconds = 180, max_instances = 20, invoker = "tasks" }
    "analyze-window"   = { memory = "1Gi", cpu = "1", concurrency = 20, timeout_seconds = 180, max_instances = 10, invoker = "tasks" }
    "merge-analysis"   = { memory = "2Gi", cpu = "1", concurrency = 1, timeout_seconds = 300, max_instances = 20, invoker = "tasks" }
    "sweep"            = { memory = "512Mi", cpu = "1", concurrency = 1, timeout_seconds = 110, max_instances = 1, invoker = "scheduler" }
  }

  # Every key is one of SERVICE_SETTINGS in functions/src/config.ts; empty means absent.
  environment = {
    GOOGLE_CLOUD_PROJECT  = var.project_id
    PROJECT_NUMBER        = data.google_project.this.number
    REGION                = var.region
    UPLOADS_BUCKET        = google_storage_bucket.this["uploads"].name
    PROCESSED_BUCKET      = google_storage_bucket.this["processed"].name
    TASKS_SERVICE_ACCOUNT = google_service_account.caller["tasks"].email
    DOCUMENT_AI_LOCATION  = var.document_ai_location
    DOCUMENT_AI_PROCESSOR = basename(google_document_ai_processor.ocr.id)
    MODEL_PROVIDER        = var.model.provider
    MODEL_NAME            = var.model.name
    MODEL_LOCATION        = var.model.location
    MODEL_BASE_URL        = var.model.base_url
    MODEL_API_KEY_SECRET  = var.model.with_key ? "model-api-key" : ""
    RETENTION_DAYS        = var.retention_days
  }
  secret_environment = var.sentry ? { SENTRY_DSN = "sentry-dsn" } : {}

  # https://cloud.google.com/run/docs/triggering/https-request#deterministic
  service_urls = { for name, _ in local.functions : name => "https://${name}-${data.google_project.this.number}.${var.region}.run.app" }
}

resource "google_cloudfunctions2_function" "this" {
  for_each = local.functions
  name     = each.key
  location = var.region

  build_config {
    runtime           = "nodejs24"
    entry_point       = each.key
    service_account   = google_service_account.build.id
    docker_repository = google_artifact_registry_repository.functions.id
    source {
      storage_source {
        bucket = google_storage_bucket.source.name
        object = google_storage_bucket_object.source.name
      }
    }
  }

  service_config {
    available_memory                 = each.value.memory
    available_cpu                    = each.value.cpu
    max_instance_request_concurrency = each.value.concurrency
    timeout_seconds                  = each.value.timeout_seconds
    max_instance_count               = each.value.max_instances
    service_account_email            = google_service_account.function[each.key].email
    environment_variables            = local.environment
    # Cloud Tasks, Cloud Scheduler and Eventarc of the same project count as internal.
    ingress_settings = each.value.invoker == "allUsers" ? "ALLOW_ALL" : "ALLOW_INTERNAL_ONLY"

    dynamic "secret_environment_variables" {
      for_each = local.secret_environment
      content {
        key        = secret_environment_variables.key
        project_id = var.project_id
        secret     = google_secret_manager_secret.this[secret_environment_variables.value].secret_id
        version    = "latest"
      }
    }
  }

  dynamic "event_trigger" {
    for_each = [for name, trigger in local.triggers : trigger if name == each.key]
    content {
      trigger_region        = var.region
      event_type            = event_trigger.value.event_type
      retry_policy          = event_trigger.value.retry_policy
      service_account_email = google_service_account.caller["events"].email
      event_filters {
        attribute = "bucket"
        value     = google_storage_bucket.this[event_trigger.value.bucket].name
      }
    }
  }

  depends_on = [
    google_artifact_registry_repository_iam_member.build,
    google_project_iam_member.build_log,
    google_project_iam_member.build_source,
    google_project_iam_member.events_are_received,
    google_project_iam_member.storage_publishes_events,
    google_project_service.this,
    google_secret_manager_secret_iam_member.function,
  ]
}
