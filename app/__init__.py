"""The clinic's side: clinical core, use cases, API, pages, delivery and worker."""
