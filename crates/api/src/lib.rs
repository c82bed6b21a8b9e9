//! HTTP: routes, OpenAPI, problems, live updates.
