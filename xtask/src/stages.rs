//! The stages of `cargo xtask test`, in their order.
//!
//! All of them build the whole workspace with the development profile, programs together with tests: programs by
//! themselves would want other features of the libraries, and those would be compiled a second time.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::count::{Counts, Runner};
use crate::summary::{Ending, Summary};
use crate::{edges, links, packages, regenerate, run, shown, workspace};

/// Set it, to anything, to leave out what needs PostgreSQL.
const SKIP_POSTGRES: &str = "HUIYIN_SKIP_POSTGRES";

/// What a stage found; an error is a check that doesn't hold.
type Found = Result<(Counts, bool)>;

#[derive(Clone, Copy)]
struct Stage {
    name: &'static str,
    /// Whether the daily run has it too.
    is_quick: bool,
    /// Whether it runs what the build stage made.
    needs_build: bool,
    work: fn() -> Found,
}

const BUILD: &str = "build";

const STAGES: &[Stage] = &[
    quick("format", || {
        holds(cargo(&[
            "fmt",
            "--all",
            "--",
            "--check",
            "--files-with-diff",
        ]))
        .context("the files above are not formatted; run `cargo fmt --all`")
    }),
    quick("edges", || edges::check().map(one)),
    quick("lints", || {
        holds(cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--keep-going",
            "--",
            "--deny",
            "warnings",
        ]))
    }),
    quick(BUILD, || {
        holds(cargo(&["build", "--workspace", "--bins", "--tests"]))
    }),
    after_build(quick("rust tests", rust_tests)),
    after_build(quick("policies", policies)),
    after_build(full("doc tests", || {
        run::counted(
            &mut cargo(&["test", "--workspace", "--doc"]),
            Runner::CargoTest,
        )
    })),
    full("rustdoc", rustdoc),
    full("links", || links::check().map(one)),
    after_build(full("generated files", || {
        regenerate::check_with_built_program().map(one)
    })),
    full("web types", || {
        run::npm_install("web")?;
        holds(run::npm("web", &["run", "check"]))
    }),
    full("web tests", || {
        run::npm_install("web")?;
        run::counted(&mut run::npm("web", &["test"]), Runner::Vitest)
    }),
    after_build(full("end to end", end_to_end)),
    after_build(full("end to end on PostgreSQL", end_to_end_on_postgres)),
];

const fn quick(name: &'static str, work: fn() -> Found) -> Stage {
    Stage {
        name,
        is_quick: true,
        needs_build: false,
        work,
    }
}

const fn full(name: &'static str, work: fn() -> Found) -> Stage {
    Stage {
        name,
        is_quick: false,
        needs_build: false,
        work,
    }
}

const fn after_build(stage: Stage) -> Stage {
    Stage {
        needs_build: true,
        ..stage
    }
}

/// Runs the stages to the end, also past a failure, and prints the summary.
pub(crate) fn test(quick: bool) -> Result<()> {
    if !quick {
        packages::ensure()?;
    }
    let mut summary = Summary::default();
    for stage in STAGES.iter().filter(|stage| stage.is_quick || !quick) {
        if stage.needs_build && !summary.held(BUILD) {
            summary.skip(stage.name);
            continue;
        }
        summary.run(stage.name, || ending((stage.work)()));
    }
    summary.print();
    if summary.all_held() {
        return Ok(());
    }
    // The summary has said it all, and its last line is the one that CI reads.
    std::process::exit(1);
}

fn ending(found: Found) -> Ending {
    match found {
        Ok((counts, true)) => Ending::Held(counts),
        Ok((counts, false)) => Ending::Failed(counts),
        Err(problem) => {
            eprintln!("error: {problem:#}");
            Ending::Failed(Counts::check(false))
        }
    }
}

fn one((): ()) -> (Counts, bool) {
    (Counts::check(true), true)
}

fn holds(mut command: Command) -> Found {
    run::passed(&mut command).map(one)
}

fn cargo(arguments: &[&str]) -> Command {
    run::command("cargo", arguments)
}

fn rust_tests() -> Found {
    if packages::is_program("cargo-nextest") {
        return run::counted(
            &mut cargo(&["nextest", "run", "--workspace", "--no-fail-fast"]),
            Runner::Nextest,
        );
    }
    println!(
        "cargo-nextest is not installed (`cargo install cargo-nextest --locked`), using `cargo test`"
    );
    run::counted(
        &mut cargo(&[
            "test",
            "--workspace",
            "--bins",
            "--lib",
            "--tests",
            "--no-fail-fast",
        ]),
        Runner::CargoTest,
    )
}

fn rustdoc() -> Found {
    let mut command = cargo(&[
        "doc",
        "--workspace",
        "--no-deps",
        "--document-private-items",
        "--keep-going",
    ]);
    // What is documented here includes the private items, so links to them lead somewhere.
    command.env(
        "RUSTDOCFLAGS",
        "--deny warnings --allow rustdoc::private-intra-doc-links",
    );
    holds(command)
}

fn policies() -> Found {
    shown::check()?;
    let program = workspace::program()?;
    run::passed(&mut run::command(
        &program,
        &["policy", "check", "policies"],
    ))?;
    let (mut counts, held) = run::counted(
        &mut run::command(&program, &["policy", "test", "policies", "--coverage"]),
        Runner::Huiyin,
    )?;
    if counts.is_empty() {
        bail!("`huiyin policy test policies` ran no scenario");
    }
    counts += Counts::check(true);
    Ok((counts, held))
}

fn end_to_end() -> Found {
    run::npm_install("e2e")?;
    let mut command = run::npm("e2e", &["test"]);
    command.env("HUIYIN_BIN", workspace::program()?);
    run::counted(&mut command, Runner::Node)
}

fn end_to_end_on_postgres() -> Found {
    if std::env::var_os(SKIP_POSTGRES).is_some() {
        println!("left out because {SKIP_POSTGRES} is set: this needs PostgreSQL");
        return Ok(one(()));
    }
    run::npm_install("e2e")?;
    let program = workspace::program()?;
    let mut command = run::npm("e2e", &["run", "test:postgres"]);
    command.env(
        "HUIYIN_POSTGRES_BIN",
        program.with_file_name("huiyin-postgres"),
    );
    command.env("HUIYIN_BIN", program);
    run::counted(&mut command, Runner::Node)
}
