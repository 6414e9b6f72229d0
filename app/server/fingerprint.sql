-- What a database is made of, kind by kind: each answer is a name and a content. Read by fingerprint.py, which replaces acl(list, kind, owner).

--# basis data
select '(ini)', 'pemilik ' || pg_get_userbyid(d.datdba) || '; ' || acl(d.datacl, d, d.datdba) || '; '
  || pg_encoding_to_char(d.encoding) || ' ' || d.datcollate || ' ' || d.datctype
from pg_database d where d.datname = current_database();

--# setelan basis data
select coalesce(pg_get_userbyid(nullif(s.setrole, 0))::text, '(semua)') || ' ' || split_part(c, '=', 1), c
from pg_db_role_setting s, unnest(s.setconfig) c
where s.setdatabase = (select oid from pg_database where datname = current_database());

--# skema
select n.nspname, 'pemilik ' || pg_get_userbyid(n.nspowner) || '; ' || acl(n.nspacl, n, n.nspowner)
from pg_namespace n where n.nspname !~ '^pg_(toast|temp)';

--# hak bawaan
select pg_get_userbyid(a.defaclrole) || ' ' || a.defaclnamespace::regnamespace || ' ' || a.defaclobjtype::text,
  (select string_agg(x::text, ', ' order by x::text) from unnest(a.defaclacl) x)
from pg_default_acl a;

--# relasi
select c.oid::regclass::text, c.relkind::text || '; pemilik ' || pg_get_userbyid(c.relowner) || '; '
  || acl(c.relacl, r, c.relowner) || '; ' || coalesce(array_to_string(c.reloptions, ','), '')
  || case when c.relrowsecurity then '; RLS' else '' end
  || case when c.relforcerowsecurity then '; RLS paksa' else '' end
  || case when c.relkind in ('v', 'm') then '; ' || md5(pg_get_viewdef(c.oid)) else '' end
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname !~ '^pg_(toast|temp)';

--# kolom
select a.attrelid::regclass || '.' || a.attname, format_type(a.atttypid, a.atttypmod)
  || case when a.attnotnull then ' not null' else '' end || ' ' || a.attidentity::text || a.attgenerated::text
  || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || '; '
  || case when a.attacl is null then '' else acl(a.attacl, c, c.relowner) end
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and (n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)' or a.attacl is not null);

--# batasan
select o.conrelid::regclass || ' ' || o.conname,
  pg_get_constraintdef(o.oid) || case when o.convalidated then '' else ' tidak diperiksa' end
from pg_constraint o join pg_namespace n on n.oid = o.connamespace
where o.conrelid <> 0 and o.contype::text in ('c', 'f', 'p', 'u', 'x') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)';

--# indeks
select i.indexrelid::regclass::text,
  pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' rusak' end
from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)';

--# pemicu
select t.tgrelid::regclass || ' ' || t.tgname, t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid)
from pg_trigger t where not t.tgisinternal union all
select t.tgrelid::regclass || ' (kunci asing)', string_agg(t.tgenabled::text || ' ' || t.tgfoid::regproc, ', '
  order by t.tgtype, t.tgfoid::regproc::text, t.tgenabled)
from pg_trigger t where t.tgisinternal group by t.tgrelid;

--# kebijakan baris
select p.polrelid::regclass || ' ' || p.polname, p.polcmd::text || case when p.polpermissive then ' + ' else ' - ' end
  || (select string_agg(case r when 0 then 'PUBLIC' else pg_get_userbyid(r)::text end, ','
      order by pg_get_userbyid(r)::text) from unnest(p.polroles) r)
  || ' using ' || coalesce(pg_get_expr(p.polqual, p.polrelid), '')
  || ' check ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
from pg_policy p;

--# aturan
select r.ev_class::regclass || ' ' || r.rulename, r.ev_enabled::text || ' ' || md5(pg_get_ruledef(r.oid))
from pg_rewrite r where r.rulename <> '_RETURN';

--# fungsi
select p.oid::regprocedure::text, 'pemilik ' || pg_get_userbyid(p.proowner) || '; '
  || acl(p.proacl, f, p.proowner) || '; ' || l.lanname || ' ' || p.prokind::text || p.provolatile::text
  || p.proparallel::text || case when p.prosecdef then ' definer' else '' end
  || case when p.proleakproof then ' leakproof' else '' end || case when p.proisstrict then ' strict' else '' end
  || '; ' || coalesce(array_to_string(p.proconfig, '; '), '') || '; '
  || md5(p.prosrc || coalesce(p.probin, '') || coalesce(pg_get_function_sqlbody(p.oid), '')
    || coalesce(pg_get_function_result(p.oid), '') || coalesce(pg_get_expr(p.proargdefaults, 0), ''))
from pg_proc p join pg_language l on l.oid = p.prolang join pg_namespace n on n.oid = p.pronamespace
where n.nspname !~ '^pg_temp';

--# tipe
select t.oid::regtype::text, t.typtype::text || ' ' || pg_get_userbyid(t.typowner) || ' '
  || acl(t.typacl, T, t.typowner) || coalesce((select string_agg(e.enumlabel, ',' order by e.enumsortorder)
    from pg_enum e where e.enumtypid = t.oid), '')
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)' and t.typtype in ('e', 'd', 'r', 'b') and t.typelem = 0;

--# bahasa
select l.lanname, pg_get_userbyid(l.lanowner) || ' ' || acl(l.lanacl, l, l.lanowner)
from pg_language l;

--# ekstensi
select e.extname, e.extversion || ' ' || e.extnamespace::regnamespace from pg_extension e;

--# benda lain
select 'pemicu peristiwa ' || evtname, evtevent || ' ' || evtenabled::text from pg_event_trigger union all
select 'publikasi ' || pubname, '' from pg_publication union all
select 'langganan ' || subname, '' from pg_subscription
  where subdbid = (select oid from pg_database where datname = current_database()) union all
select 'data asing ' || fdwname, '' from pg_foreign_data_wrapper union all
select 'server asing ' || srvname, '' from pg_foreign_server union all
select 'operator ' || o.oid::regoperator, o.oprcode::text from pg_operator o
  where o.oid >= 16384 union all
select 'cast ' || c.castsource::regtype || ' ke ' || c.casttarget::regtype, c.castfunc::regproc::text
  from pg_cast c where c.oid >= 16384;
