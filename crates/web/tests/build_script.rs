//! The pure parts of the build script.

#[path = "../build/failure.rs"]
mod failure;
#[path = "../build/inputs.rs"]
#[expect(dead_code, reason = "what to watch is between the script and cargo")]
mod inputs;
#[path = "../build/mode.rs"]
#[expect(dead_code, reason = "only the script reads the environment")]
mod mode;
#[path = "../build/node.rs"]
#[expect(dead_code, reason = "npm does not run in tests")]
mod node;
#[path = "../build/table.rs"]
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use failure::Failure;
use mode::Mode;

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("the test folder can be made");
    path
}

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("the path is below the folder"))
        .expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

fn digest(web: &Path) -> String {
    inputs::list(web)
        .and_then(|inputs| inputs::digest(web, &inputs))
        .expect("the folder can be read")
}

#[test]
fn the_mode_is_what_the_variable_says_and_building_by_default() {
    assert_eq!(Mode::choose(None, false).unwrap(), Mode::Build);
    assert_eq!(Mode::choose(Some(""), false).unwrap(), Mode::Build);
    assert_eq!(Mode::choose(Some("build"), true).unwrap(), Mode::Build);
    assert_eq!(
        Mode::choose(Some("prebuilt"), false).unwrap(),
        Mode::Prebuilt
    );
    assert_eq!(Mode::choose(Some("stub"), false).unwrap(), Mode::Stub);
    assert_eq!(Mode::choose(None, true).unwrap(), Mode::Stub);
    assert_eq!(
        Mode::choose(Some("none"), false).unwrap_err().lines(),
        ["HUIYIN_WEB is `none`; use `build`, `prebuilt` or `stub`"]
    );
}

#[test]
fn only_node_20_19_and_newer_is_good_enough() {
    for (text, enough) in [
        ("v20.19.0\n", true),
        ("v22.1.0", true),
        ("v20.18.3", false),
        ("v18.20.4", false),
        ("20.19", false),
        ("", false),
    ] {
        assert_eq!(
            node::parse_version(text).is_some_and(|found| found >= node::NODE_MIN),
            enough,
            "{text}"
        );
    }
}

#[test]
fn packages_are_installed_anew_for_another_lock_or_node() {
    let stamp = node::install_stamp(b"lock", "v20.19.0\n");
    assert_eq!(stamp, node::install_stamp(b"lock", "v20.19.0"));
    assert_ne!(stamp, node::install_stamp(b"lock 2", "v20.19.0"));
    assert_ne!(stamp, node::install_stamp(b"lock", "v22.0.0"));
}

#[test]
fn the_digest_follows_content_and_names_but_not_specs() {
    let web = folder("digest");
    put(&web, "package.json", "{}");
    put(&web, "src/app/main.ts", "start()");
    let first = digest(&web);
    put(&web, "src/app/main.ts", "start()");
    put(&web, "src/app/main.spec.ts", "test()");
    put(&web, "node_modules/vue/index.js", "vue");
    assert_eq!(digest(&web), first);
    put(&web, "src/app/main.ts", "start(1)");
    assert_ne!(digest(&web), first);
    put(&web, "src/app/main.ts", "start()");
    assert_eq!(digest(&web), first);
    fs::rename(web.join("src/app/main.ts"), web.join("src/app/entry.ts")).unwrap();
    assert_ne!(digest(&web), first);
}

#[test]
fn the_table_is_sorted_and_pairs_variants_with_their_file() {
    let dist = folder("table");
    put(&dist, "index.html", "<p>");
    put(&dist, "assets/a.js", "a");
    put(&dist, "assets/a.js.br", "b");
    put(&dist, ".stamp", "digest");
    let source = table::generate(&dist).unwrap();
    let lines: Vec<&str> = source
        .lines()
        .filter(|line| line.contains("File {"))
        .collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[0].contains("\"/assets/a.js\"")
            && lines[0].contains("brotli: Some(")
            && lines[0].contains("gzip: None")
    );
    assert!(lines[1].contains("\"/index.html\"") && lines[1].contains("text/html"));
}

#[test]
fn an_unknown_extension_stops_the_build() {
    let dist = folder("unknown");
    put(&dist, "movie.xyz", "");
    let lines = table::generate(&dist).unwrap_err().lines();
    assert_eq!(lines[0], "`movie.xyz` has no known media type");
}

#[test]
fn a_failure_about_node_names_three_ways_out() {
    let long: String = (1..=40).map(|line| format!("line {line}\n")).collect();
    for failure in [
        Failure::NoProgram("node"),
        Failure::OldNode("v18.1.0".to_owned()),
        Failure::Npm {
            arguments: "ci".to_owned(),
            output: long,
        },
        Failure::NothingPrebuilt,
    ] {
        let text = failure.lines().join("\n");
        for way in ["Node.js 20.19", "HUIYIN_WEB=prebuilt", "HUIYIN_WEB=stub"] {
            assert!(text.contains(way), "{text}");
        }
        assert!(
            !text.contains("line 10\n") && text.contains("line 40") == text.contains("`npm ci`"),
            "{text}"
        );
    }
}
