# What turns the source into the functions' images: an account that can do this and nothing else.
# https://cloud.google.com/functions/docs/securing/build-custom-sa

resource "google_service_account" "build" {
  account_id = "build-functions"
}

resource "google_artifact_registry_repository" "functions" {
  repository_id = "functions"
  location      = var.region
  format        = "DOCKER"
  depends_on    = [google_project_service.this]
}

# https://cloud.google.com/artifact-registry/docs/access-control#roles
resource "google_artifact_registry_repository_iam_member" "build" {
  location   = var.region
  repository = google_artifact_registry_repository.functions.name
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.build.member
}

# Cloud Functions copies the source into a bucket of its own, which does not exist before the first build.
# https://cloud.google.com/storage/docs/access-control/iam-roles
resource "google_project_iam_member" "build_source" {
  project = var.project_id
  role    = "roles/storage.objectViewer"
  member  = google_service_account.build.member
  condition {
    title      = "only-sources-of-functions"
    expression = "resource.name.startsWith(\"projects/_/buckets/gcf-v2-sources-\")"
  }
}

# https://cloud.google.com/logging/docs/access-control
resource "google_project_iam_member" "build_log" {
  project = var.project_id
  role    = "roles/logging.logWriter"
  member  = google_service_account.build.member
}
