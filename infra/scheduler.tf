# The sweep finds what got lost, and ends before the next one begins.
# https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/cloud_scheduler_job

resource "google_cloud_scheduler_job" "sweep" {
  name             = "sweep"
  region           = var.region
  schedule         = "*/2 * * * *"
  time_zone        = "Etc/UTC"
  attempt_deadline = "${local.functions["sweep"].timeout_seconds}s"

  http_target {
    http_method = "POST"
    uri         = local.service_urls["sweep"]
    oidc_token {
      service_account_email = google_service_account.caller["scheduler"].email
      audience              = local.service_urls["sweep"]
    }
  }

  depends_on = [google_project_service.this]
}
