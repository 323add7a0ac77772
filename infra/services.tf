# The APIs that everything else here needs.
# https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_project_service

resource "google_project_service" "this" {
  for_each = toset([
    "aiplatform", "artifactregistry", "cloudbuild", "cloudfunctions", "cloudscheduler", "cloudtasks", "documentai", "eventarc",
    "firestore", "iamcredentials", "identitytoolkit", "pubsub", "run", "secretmanager", "storage",
  ])
  service            = "${each.key}.googleapis.com"
  disable_on_destroy = false
}
