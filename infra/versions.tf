terraform {
  required_version = ">= 1.9"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.0"
    }
  }
}

provider "google" {
  project = var.project_id
  region  = var.region
}

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

variable "web_origins" {
  description = "Origins from which a browser may upload, such as https://PROJECT.web.app."
  type        = list(string)
}
