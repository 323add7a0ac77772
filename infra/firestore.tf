# The database. Indexes, and the fields by which documents expire, are in firestore.indexes.json: Firebase deploys them, nobody else.
# https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/firestore_database

resource "google_firestore_database" "default" {
  name                    = "(default)"
  location_id             = var.firestore_location
  type                    = "FIRESTORE_NATIVE"
  delete_protection_state = "DELETE_PROTECTION_ENABLED"
  # Point-in-time recovery would keep for seven days what a customer has erased.
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_DISABLED"
  depends_on                        = [google_project_service.this]
}
