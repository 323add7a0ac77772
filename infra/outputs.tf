output "api_url" {
  value = local.service_urls["api"]
}

output "buckets" {
  value = { for role, bucket in google_storage_bucket.this : role => bucket.name }
}

output "ocr_processor" {
  value = google_document_ai_processor.ocr.id
}
