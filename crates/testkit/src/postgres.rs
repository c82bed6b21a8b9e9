//! PostgreSQL for tests: a server of their own, started when the first test asks for a database and stopped when the run
//! is over.
//!
//! All tests of a run share one server, also those that run as processes of their own. It belongs to the process that runs
//! the tests (`cargo nextest`, `cargo test`): a small watcher stops it and removes its files when that process is gone.
//! Databases are copies of a template, which is filled once.

#![expect(
    clippy::panic,
    reason = "a test that can't have its database must fail at once"
)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

/// Set it, to anything, to leave out what needs PostgreSQL.
const SKIP: &str = "HUIYIN_SKIP_POSTGRES";
/// Where Debian keeps the programs, by version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// The template of all databases.
const TEMPLATE: &str = "template_huiyin";
/// Connections at once. Each store takes a handful, and tests run side by side.
const CONNECTIONS_MAX: u32 = 300;

/// Whether what needs PostgreSQL was left out on purpose. Says so, too.
pub fn is_left_out() -> bool {
    let left_out = std::env::var_os(SKIP).is_some();
    if left_out {
        eprintln!("left out because {SKIP} is set: this needs PostgreSQL");
    }
    left_out
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    programs: PathBuf,
}

/// A database on a server, dropped with its last use.
#[derive(Debug)]
pub struct Database<'a> {
    server: &'a Server,
    name: String,
}

impl Server {
    /// The server of this test run, which does not sync to disk. `fill` is called once in a run, with the address of the
    /// template of all databases.
    ///
    /// # Panics
    ///
    /// When PostgreSQL is not installed or does not start.
    pub fn shared(fill: impl FnOnce(&str)) -> Server {
        let run = std::os::unix::process::parent_id();
        let server = Server::at(&format!("run-{run}"));
        let lock = File::create(server.folder.with_extension("lock")).expect("a lock file");
        lock.lock().expect("the lock of the server");
        let ready = server.folder.join("ready");
        if !ready.exists() {
            server.start(run, false);
            server.sql("postgres", &format!("CREATE DATABASE {TEMPLATE}"));
            fill(&server.address(TEMPLATE));
            server.as_owner("touch", &[path(&ready)]);
        }
        server
    }

    /// A server of this test alone, which syncs to disk as a real one does.
    ///
    /// # Panics
    ///
    /// When PostgreSQL is not installed or does not start.
    pub fn durable() -> Server {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let own = std::process::id();
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let server = Server::at(&format!("test-{own}-{number}"));
        server.start(own, true);
        server
    }

    /// A new database. It is filled like the template if the server has one.
    pub fn database(&self) -> Database<'_> {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("t{}_{number}", std::process::id());
        let template = if self.folder.join("ready").exists() {
            TEMPLATE
        } else {
            "template0"
        };
        self.sql(
            "postgres",
            &format!("CREATE DATABASE {name} TEMPLATE {template}"),
        );
        Database { server: self, name }
    }

    /// Kills the server as a power cut would, and starts it again.
    pub fn crash(&self) {
        self.control(&["restart", "-m", "immediate"]);
    }

    fn at(name: &str) -> Server {
        let programs = programs().unwrap_or_else(|| {
            panic!(
                "PostgreSQL is not installed: `cargo xtask test` installs it, or `apt-get install postgresql`; \
                 set {SKIP}=1 to leave its tests out"
            )
        });
        let folder = std::env::temp_dir().join(format!("huiyin-postgres-{name}"));
        Server { folder, programs }
    }

    fn start(&self, owner: u32, durable: bool) {
        // A run that was ended by force may have left something under the number of a process that is used again.
        let _ = self.attempt("rm", &["-rf", path(&self.folder)]);
        self.as_owner("mkdir", &["-m", "0755", path(&self.folder)]);
        let data = self.data();
        let initdb = self.programs.join("initdb");
        self.as_owner(
            path(&initdb),
            &[
                "--pgdata",
                &data,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
        );
        let sync = if durable {
            ""
        } else {
            " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        };
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c max_connections={CONNECTIONS_MAX}{sync}",
            path(&self.folder)
        );
        let settings = self.folder.join("options");
        self.as_owner(
            "sh",
            &["-c", "printf %s \"$0\" > \"$1\"", &options, path(&settings)],
        );
        self.control(&["start"]);
        self.watch(owner);
    }

    /// Stops the server when its owner is gone, however that ended.
    #[expect(clippy::zombie_processes, reason = "it outlives the test, as it must")]
    fn watch(&self, owner: u32) {
        const SCRIPT: &str = "trap '' INT TERM HUP; while kill -0 \"$0\" 2>/dev/null; do sleep 1; done; \
             $1 \"$2\" stop -m immediate -D \"$3/data\"; rm -rf \"$3\" \"$3.lock\"";
        let become_owner = if is_root() {
            "runuser -u postgres --"
        } else {
            ""
        };
        let control = self.programs.join("pg_ctl");
        Command::new("sh")
            .args(["-c", SCRIPT, &owner.to_string(), become_owner])
            .args([path(&control), path(&self.folder)])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
    }

    fn control(&self, command: &[&str]) {
        let data = self.data();
        let control = self.programs.join("pg_ctl");
        let log = self.folder.join("log");
        let options = fs::read_to_string(self.folder.join("options")).expect("the options");
        let args = [
            command,
            &["-w", "-s", "-D", &data, "-l", path(&log), "-o", &options],
        ];
        self.as_owner(path(&control), &args.concat());
    }

    fn data(&self) -> String {
        path(&self.folder.join("data")).to_owned()
    }

    /// The address of a database of this server.
    pub fn address(&self, database: &str) -> String {
        format!(
            "postgres:///{database}?host={}&user=postgres",
            path(&self.folder)
        )
    }

    /// Carries out a statement as the database's owner and gives what it printed.
    fn sql(&self, database: &str, sql: &str) -> String {
        let psql = self.programs.join("psql");
        let url = self.address(database);
        run(Command::new(psql).args([
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--no-align",
            "--set=ON_ERROR_STOP=1",
            "--dbname",
            &url,
            "--command",
            sql,
        ]))
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    fn as_owner(&self, program: &str, args: &[&str]) {
        if let Err(error) = self.attempt(program, args) {
            panic!("{program}: {error}");
        }
    }

    fn attempt(&self, program: &str, args: &[&str]) -> Result<String, String> {
        // The server refuses to run as root.
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", program]);
            command
        } else {
            Command::new(program)
        };
        run(command.args(args).current_dir("/"))
    }
}

impl Database<'_> {
    /// Its address.
    pub fn url(&self) -> String {
        self.server.address(&self.name)
    }

    /// Carries out a statement behind everyone's back and gives what it printed, one row a line.
    pub fn sql(&self, sql: &str) -> String {
        self.server.sql(&self.name, sql)
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name);
            self.server.sql("postgres", &drop);
        }
    }
}

/// Runs a program to its end; what it printed, or what it complained of. A server that it starts goes on, so its output
/// must not be waited for.
fn run(command: &mut Command) -> Result<String, String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn is_root() -> bool {
    run(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn path(path: &Path) -> &str {
    path.to_str()
        .expect("temporary folders have readable names")
}

/// The folder of the newest version's programs.
fn programs() -> Option<PathBuf> {
    let search = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&search).find(|folder| is_real(folder));
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let newest = versions
        .map(|version| version.path().join("bin"))
        .filter(|folder| is_real(folder))
        .max();
    newest.or(on_path)
}

/// Whether all programs are there.
fn is_real(folder: &Path) -> bool {
    ["initdb", "pg_ctl", "psql"]
        .iter()
        .all(|program| folder.join(program).is_file())
}
