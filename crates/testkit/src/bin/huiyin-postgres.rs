//! A PostgreSQL server for stories that are no Rust: prints the address of an empty database, which lasts until the standard
//! input ends.

use std::io::{self, Write};

use huiyin_testkit::postgres::Server;

fn main() -> io::Result<()> {
    let server = Server::durable();
    let database = server.database();
    let mut output = io::stdout();
    writeln!(output, "{}", database.url())?;
    output.flush()?;
    io::copy(&mut io::stdin(), &mut io::sink()).map(drop)
}
