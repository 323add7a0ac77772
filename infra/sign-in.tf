# Anonymous visitors, and accounts with e-mail and password.
# https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/identity_platform_config

resource "google_identity_platform_config" "this" {
  authorized_domains = [for origin in var.web_origins : replace(origin, "https://", "")]
  sign_in {
    anonymous {
      enabled = true
    }
    email {
      enabled           = true
      password_required = true
    }
  }
  depends_on = [google_project_service.this]
}
