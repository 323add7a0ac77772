# Recognises the pages of scans.
# https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/document_ai_processor

resource "google_document_ai_processor" "ocr" {
  display_name = "mdraft-ocr"
  type         = "OCR_PROCESSOR"
  location     = var.document_ai_location
  depends_on   = [google_project_service.this]
}
