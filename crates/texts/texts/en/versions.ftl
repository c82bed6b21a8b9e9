# Cases under another version of their policy.

simulate-estimate = An estimate: it takes what people did as given, and under other rules they would have done other things.
simulate-head = Policy { $policy }, version { $from } under { $to }: { $cases } cases{ $days }, { $fitting } of them fit
simulate-since = { " " }taken in from { $since } on
simulate-until = { " " }taken in up to { $until }
simulate-between = { " " }taken in from { $since } to { $until }
simulate-kind = { $kind } ({ $cases } cases)
simulate-clock = { $clock }: { $cases } cases, late { $before } → { $after } ({ $newly } more, { $no_longer } no longer)
simulate-earlier = due earlier in { $cases }, by { $median } in the middle
simulate-later = due later in { $cases }, by { $median } in the middle
simulate-only-before = no longer runs in { $cases }
simulate-only-after = runs in { $cases } in which it did not
simulate-deciders = Others would have had to act or decide
simulate-decider = { $kind } · { $what }: { $before } → { $after } ({ $cases } cases)
simulate-misfits = { $cases } cases do not fit and are in none of these figures
simulate-misfit = { $kind } · { $what }: { $cases } cases ({ $numbers })
simulate-largest = Where due times move most
simulate-shift = { $number }  { $clock }: { $before } → { $after }, { $shift }
simulate-version = version { $version }
simulate-folder = “{ $folder }”
shift-earlier = { $span } earlier
shift-later = { $span } later
span-days = { $count } d
span-hours = { $count } h
span-minutes = { $count } min

misfit-kind = there is no such kind of case
misfit-channel = there is no channel “{ $name }”
misfit-step = there is no step “{ $name }”
misfit-act = there is no act “{ $name }”
misfit-field = there is no field “{ $name }”
misfit-value = what is filled in under “{ $name }” can't be there
misfit-party = there are no parties “{ $name }”
misfit-level = the level set on the scale “{ $name }” is not there
misfit-uncountable = a due time lies beyond the years of the calendar
misfit-clock = the running clock “{ $name }” is not there
misfit-pause = “{ $name }” was paused for a reason that is none there
misfit-extension = “{ $name }” was given more time than it could be there, or in another unit
misfit-protection = “{ $name }” would be protected less
misfit-sealed-file = a file is under the seal “{ $name }”, which takes no files there
misfit-sight = people could see or handle the case who must not now
misfit-holder = whoever accepted the case may not act in its step there; hand it over first

migration-done = { $policy }: { $migrated } open cases go on under version { $to }, { $left } stay as they are
migration-would = Trial run, nothing was stored. { $policy }: { $migrated } open cases would go on under version { $to }, { $left } would stay as they are
migration-left = { $number } (version { $version }): { $misfits }
