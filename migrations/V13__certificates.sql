-- Client certificates of consumers. The column hash has the name in the certificate that identifies the consumer: no secret.
alter table credential drop constraint credential_kind_check;
alter table credential add constraint credential_kind_check
    check (kind in ('key', 'foreign-key', 'password', 'certificate'));
