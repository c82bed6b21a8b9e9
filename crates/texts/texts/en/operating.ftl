# Operating: backup, restore, upgrade, read-only mode, bundle for support.

backup-done = Backed up to { $file }: { $cases } cases, { $events } events, checked and whole
backup-key = { $key ->
    [with] The file holds the master key: whoever has the file can read everything. Keep it as you would keep the key.
   *[without] The file does not hold the master key: without the key nobody, you included, can read it. Keep master.key as well, in another place.
}
restore-done = Restored to { $data }: { $cases } cases, { $events } events; files and log checked and whole
    The backup was begun at { $begun }, the last event recorded at { $last }{ $schema ->
        [behind] . The database is an older version's and is upgraded at the next start
       *[current] { "" }
    }
upgrade-nothing = The database has this version's schema; there is nothing to do
upgrade-tried = Tried on a copy with success: step { $from } to { $to }, { $cases } cases compared, { $corrected } rows corrected; the database itself was not changed
upgrade-done = The database was upgraded: step { $from } to { $to }, { $cases } cases compared, { $corrected } rows corrected; the backup made before is { $kept }
upgrade-failed = The upgrade did not succeed, and the database was not changed. The former version still runs on it; collect what helps with huiyin support-bundle
upgrade-uncorrected = The database was upgraded, but some tables could not be corrected. Stop the server and run huiyin rebuild --repair
bundle-done = The bundle is { $file } ({ $parts }). It holds no names, contacts, texts of cases, keys or login names; look into it with tar before you send it
serve-read-only = { $why ->
    [upgrade_failed] The upgrade did not succeed, so the server only reads: nothing can be registered or handled, and no deadline fires
   *[asked] The server only reads: nothing can be registered or handled, and no deadline fires
}

operate-no-database = There is no database in { $path }. Name the data directory with --data
operate-nothing = There are no data here yet. Name the data directory with --data
operate-in-use = Another process has the database open. Stop the server first
operate-exists = { $path } exists already and is not overwritten. Choose another name
operate-no-room = Not enough room where { $path } is: { $needed } MB are needed, { $free } MB are free. Free some, or choose another place
operate-full = The disk is full, and no file was left. Free some room, or choose another place
operate-not-copied = The database can't be copied to its place, and no file was left. See the causes below, and check both disks
operate-key-unusable = The file of the master key can't be used. Restore master.key from the key's own backup, or name it with --key
operate-wrong-key = The master key is not the one of these data. Use the master.key they were made with
operate-newer = The data are a newer version's. Use the version that wrote them, or a later one
operate-unreadable = The database can't be opened or read. See the causes below; if need be restore the newest backup to another directory
operate-damaged = The database is not whole: { $faults } faults in its files, { $findings } in its log. Run huiyin verify, and keep the earlier backups
operate-file = { $path } can't be read or written. Check path and permissions
restore-not-empty = { $path } is not empty and is not overwritten. Name a directory that is empty or not there yet
restore-no-key = The backup does not hold the master key. Name master.key with --key
restore-no-backup = { $path } is no whole backup: it has no manifest at its end. Check that it was copied to the end
restore-stranger = The file holds what no backup holds: { $name }. Nothing was written
restore-changed = { $name } in the backup is not what was backed up; it is damaged or was changed. Nothing was written; use another backup
restore-sealed = The database in the backup can't be opened; it is damaged. Use another backup
