//! The OpenAPI document.

#[test]
fn the_committed_document_is_the_one_the_routes_describe() {
    let committed = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../api/openapi.json"
    ))
    .unwrap();
    let described = huiyin_api::document().to_pretty_json().unwrap();
    assert!(
        committed.trim() == described.trim(),
        "api/openapi.json is out of step; run `cargo xtask regenerate`"
    );
}

#[test]
fn every_route_has_an_operation_id_and_every_refusal_a_body() {
    let document = serde_json::to_value(huiyin_api::document()).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operation["operationId"].is_string(), "{method} {path}");
            for (status, response) in operation["responses"].as_object().unwrap() {
                let is_problem = status.starts_with('4');
                assert!(
                    !is_problem || response["content"].is_object(),
                    "{method} {path} {status}"
                );
            }
        }
    }
}
