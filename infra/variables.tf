variable "project_id" {
  description = "The Google Cloud project that holds everything."
  type        = string
}

# Buckets, their event trigger, the functions and the queues share one region: an event does not cross regions.
variable "region" {
  description = "Region of buckets, trigger, functions and queues."
  type        = string
  default     = "us-central1"
}

variable "firestore_location" {
  description = "Location of the database: it cannot be changed later."
  type        = string
  default     = "us-central1"
}

variable "document_ai_location" {
  description = "Location of the recogniser, us or eu."
  type        = string
  default     = "us"
}

variable "model" {
  description = "Who answers prompts: none (the rules stand alone), vertex or openai-compatible; with_key when the secret model-api-key has a value."
  type = object({
    provider = string
    name     = optional(string, "")
    location = optional(string, "global")
    base_url = optional(string, "")
    with_key = optional(bool, false)
  })
  default = { provider = "none" }
}

variable "sentry" {
  description = "Whether the secret sentry-dsn has a value: errors are reported there."
  type        = bool
  default     = false
}

variable "web_origins" {
  description = "Origins from which a browser may upload, such as https://PROJECT.web.app."
  type        = list(string)
}

variable "retention_days" {
  description = "Days after which a document and its results are erased."
  type        = number
  default     = 30
}

variable "source_archive" {
  description = "Path of the ZIP file that cloudbuild.yaml makes of what .gcloudignore leaves."
  type        = string
}
