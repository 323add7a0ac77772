# Names only: a value is added by hand and is in no state file (docs/runbooks/deploy.md).
# https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/secret_manager_secret

locals {
  # Each with the functions that read it.
  secrets = {
    "sentry-dsn"    = ["api", "on-upload", "convert-document", "ocr-shard", "plan-run", "analyze-window", "merge-analysis", "sweep"]
    "model-api-key" = ["analyze-window"]
  }
}

resource "google_secret_manager_secret" "this" {
  for_each  = local.secrets
  secret_id = each.key
  replication {
    auto {}
  }
  depends_on = [google_project_service.this]
}
