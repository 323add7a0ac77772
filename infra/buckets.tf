# Uploads arrive by signed URL and leave when their conversion is done with them; results stay for the retention time.
# https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/storage_bucket

resource "google_storage_bucket" "uploads" {
  name                        = "${var.project_id}-uploads"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  # Soft delete would keep a customer's file for seven days after it was erased.
  soft_delete_policy {
    retention_duration_seconds = 0
  }

  lifecycle_rule {
    condition {
      age = var.retention_days
    }
    action {
      type = "Delete"
    }
  }

  # Each header of the signed upload must be listed: Cloud Storage knows no wildcard here.
  cors {
    origin          = var.web_origins
    method          = ["PUT"]
    response_header = ["Content-Type", "x-goog-content-length-range", "x-goog-if-generation-match", "x-goog-resumable", "Location", "Range"]
    max_age_seconds = 3600
  }
}

resource "google_storage_bucket" "processed" {
  name                        = "${var.project_id}-processed"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  soft_delete_policy {
    retention_duration_seconds = 0
  }

  lifecycle_rule {
    condition {
      age = var.retention_days
    }
    action {
      type = "Delete"
    }
  }

  cors {
    origin          = var.web_origins
    method          = ["GET"]
    response_header = ["Content-Type", "Content-Length"]
    max_age_seconds = 3600
  }
}

variable "retention_days" {
  description = "Days after which a document and its results are erased."
  type        = number
  default     = 30
}
