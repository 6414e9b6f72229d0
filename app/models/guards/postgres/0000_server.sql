-- The server's own ground, laid by its superuser inside the office's database; running it again changes nothing.
-- Roles belong to the whole cluster: owners that nobody can log in as, groups that only say what can be reached.
do $$
declare name text;
begin
  foreach name in array array['pelita3_owner', 'pelita3_roles', 'pelita3_officer', 'pelita3_kiosk', 'pelita3_display',
                              'pelita3_backup', 'pelita3_watch'] loop
    if not exists (select 1 from pg_roles where rolname = name) then
      execute format('create role %I nologin', name);
    end if;
  end loop;
end $$;
alter role pelita3_owner nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role pelita3_roles nologin nosuperuser nocreatedb createrole noreplication nobypassrls;
alter role pelita3_officer nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role pelita3_kiosk nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role pelita3_display nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role pelita3_backup login nosuperuser nocreatedb nocreaterole noreplication bypassrls password null;
alter role pelita3_watch login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password null;
grant pelita3_officer, pelita3_kiosk, pelita3_display to pelita3_roles with admin option;
grant pg_signal_backend to pelita3_roles;
grant pg_read_all_data to pelita3_backup;
grant pg_signal_backend, pg_read_all_stats to pelita3_watch;

do $$
begin
  execute format('alter database %I owner to pelita3_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to pelita3_officer, pelita3_kiosk, pelita3_display, pelita3_backup, pelita3_watch',
    current_database());
  -- For honest clients; an officer may set his own otherwise, so the watchdog keeps the last word.
  execute format('alter database %I set idle_in_transaction_session_timeout = ''60s''', current_database());
  execute format('alter database %I set statement_timeout = ''15s''', current_database());
  execute format('alter database %I set lock_timeout = ''5s''', current_database());
  execute format('alter database %I set search_path = pelita3', current_database());
  execute format('alter database %I set lc_messages = ''C''', current_database());
  -- What our questions touch is few rows and lies in memory: an index is always the shorter way.
  execute format('alter database %I set random_page_cost = 1.1', current_database());
end $$;
revoke connect, temporary on database postgres from public;
revoke connect, temporary on database template1 from public;

create extension if not exists pg_trgm with schema pg_catalog;
create schema if not exists pelita3 authorization pelita3_owner;
create schema if not exists adm authorization pelita3_roles;
revoke all on schema public from public;
revoke all on schema pelita3, adm from public;
grant usage on schema pelita3 to pelita3_officer, pelita3_kiosk, pelita3_display, pelita3_backup, pelita3_roles;
grant usage on schema adm to pelita3_officer;

-- Officers get no blocks of code and no functions of their own; triggers run all the same.
revoke usage on language plpgsql from public;
grant usage on language plpgsql to pelita3_owner, pelita3_roles;

-- Built-in functions by which any login could fill the disk, exhaust shared memory, or leave things behind. By name: signatures change.
do $$
declare f regprocedure;
begin
  for f in select oid::regprocedure from pg_proc where pronamespace = 'pg_catalog'::regnamespace
    and (proname like 'pg\_%advisory%' or proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_open', 'lo_put', 'lowrite', 'lo_import',
      'lo_export', 'lo_unlink', 'pg_logical_emit_message', 'pg_export_snapshot', 'pg_notify')) loop
    execute format('revoke execute on function %s from public', f);
  end loop;
end $$;

-- The backup counts rows in the very picture that pg_dump writes down.
grant execute on function pg_catalog.pg_export_snapshot() to pelita3_backup;

alter default privileges for role pelita3_owner revoke execute on functions from public;
alter default privileges for role pelita3_roles revoke execute on functions from public;
