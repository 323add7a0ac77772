# Finished uploads reach on-upload through Eventarc, again and again for a day until it answers.
# https://cloud.google.com/functions/docs/calling/storage

locals {
  triggers = {
    "on-upload" = {
      event_type   = "google.cloud.storage.object.v1.finalized"
      bucket       = "uploads"
      retry_policy = "RETRY_POLICY_RETRY"
    }
  }
}

data "google_storage_project_service_account" "this" {}

# https://cloud.google.com/eventarc/docs/run/route-trigger-cloud-storage#required-roles
resource "google_project_iam_member" "storage_publishes_events" {
  project = var.project_id
  role    = "roles/pubsub.publisher"
  member  = "serviceAccount:${data.google_storage_project_service_account.this.email_address}"
}

# https://cloud.google.com/eventarc/docs/all-roles-permissions
resource "google_project_iam_member" "events_are_received" {
  project = var.project_id
  role    = "roles/eventarc.eventReceiver"
  member  = google_service_account.caller["events"].member
}
