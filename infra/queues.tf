# One queue per kind of task; its name is the name of the function that handles it (functions/src/contracts/tasks.ts).
# https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/cloud_tasks_queue

locals {
  # No more at a time than the function's instances take: what they refuse slows the whole queue.
  queues = {
    "convert-document" = { per_second = 20, at_once = 40 }
    "ocr-shard"        = { per_second = 2, at_once = 20 }
    "plan-run"         = { per_second = 20, at_once = 20 }
    "analyze-window"   = { per_second = 100, at_once = 200 }
    "merge-analysis"   = { per_second = 10, at_once = 20 }
  }
}

resource "google_cloud_tasks_queue" "this" {
  for_each = local.queues
  name     = each.key
  location = var.region

  rate_limits {
    max_dispatches_per_second = each.value.per_second
    max_concurrent_dispatches = each.value.at_once
  }

  # For crashes and for dependencies with too much to do; other failures come back as new tasks, and the sweep finds what is lost.
  retry_config {
    max_attempts  = 20
    min_backoff   = "1s"
    max_backoff   = "60s"
    max_doublings = 6
  }

  depends_on = [google_project_service.this]
}
