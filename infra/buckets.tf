# Uploads arrive by signed URL and leave when their conversion is done with them; results stay for the retention time.
# https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/storage_bucket

locals {
  buckets = {
    # Each header of the signed upload, and of a resumable one's parts and answers, is listed: Cloud Storage knows no wildcard here.
    # The page reads the file beside its Markdown, and asks for a first byte before it has the browser save something.
    uploads = {
      methods = ["PUT", "POST", "GET"]
      headers = [
        "Content-Type", "x-goog-content-length-range", "x-goog-if-generation-match", "x-goog-resumable",
        "Content-Range", "Location", "Range",
      ]
    }
    processed = {
      methods = ["GET"]
      headers = ["Content-Type", "Content-Length", "Range"]
    }
  }
}

resource "google_storage_bucket" "this" {
  for_each                    = local.buckets
  name                        = "${var.project_id}-${each.key}"
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

  cors {
    origin          = var.web_origins
    method          = each.value.methods
    response_header = each.value.headers
    max_age_seconds = 3600
  }
}

# What the functions are built from; the newest archive is all that is ever needed.
resource "google_storage_bucket" "source" {
  name                        = "${var.project_id}-source"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
}

resource "google_storage_bucket_object" "source" {
  bucket = google_storage_bucket.source.name
  name   = "functions-${filesha256(var.source_archive)}.zip"
  source = var.source_archive
}
