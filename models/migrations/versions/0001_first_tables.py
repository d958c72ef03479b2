"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

CATEGORIES = (  # 哈政综〔2007〕37号, section 八
    ("performance", "positive"),
    ("lawfulness", "positive"),
    ("example", "positive"),
    ("orders_blocked", "negative"),
    ("improper_style", "negative"),
    ("poor_work", "negative"),
    ("poor_image", "negative"),
    ("lax_discipline", "negative"),
)


def upgrade() -> None:
    op.create_table(
        "categories",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("polarity", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_categories"),
    )
    op.create_table(
        "chains",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chains"),
        sa.UniqueConstraint("uid", name="uq_chains_uid"),
    )
    op.create_table(
        "commands",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("actor_uid", sa.String(length=40), nullable=False),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_commands"),
        sa.UniqueConstraint("uid", name="uq_commands_uid"),
    )
    op.create_table(
        "departments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["departments.id"], name="fk_departments_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_departments"),
        sa.UniqueConstraint("uid", name="uq_departments_uid"),
    )
    op.create_index("ix_departments_parent_id", "departments", ["parent_id"], unique=False)
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("stopped_on", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_office"),
        sa.UniqueConstraint("uid", name="uq_office_uid"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("command_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("prev", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["chain_id"], ["chains.id"], name="fk_events_chain_id"),
        sa.ForeignKeyConstraint(["command_id"], ["commands.id"], name="fk_events_command_id"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("chain_id", "seq", name="uq_events_chain_id_seq"),
    )
    op.create_index("ix_events_command_id", "events", ["command_id"], unique=False)
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("polarity", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["category"], ["categories.code"], name="fk_items_category"),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sa.UniqueConstraint("code", name="uq_items_code"),
        sa.UniqueConstraint("uid", name="uq_items_uid"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("staff_no", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("pinyin", sa.String(length=200), nullable=False),
        sa.Column("initials", sa.String(length=40), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("rank", sa.String(length=200), nullable=False),
        sa.Column("joined_on", sa.Integer(), nullable=True),
        sa.Column("left_on", sa.Integer(), nullable=True),
        sa.Column("leaving", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name="fk_people_department_id"),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("staff_no", name="uq_people_staff_no"),
        sa.UniqueConstraint("uid", name="uq_people_uid"),
    )
    op.create_index("ix_people_department_id_staff_no", "people", ["department_id", "staff_no"], unique=False)
    op.create_index("ix_people_initials_id", "people", ["initials", "id"], unique=False)
    op.create_index("ix_people_name_id", "people", ["name", "id"], unique=False)
    op.create_index("ix_people_pinyin_id", "people", ["pinyin", "id"], unique=False)
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_accounts_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("login", name="uq_accounts_login"),
        sa.UniqueConstraint("person_id", name="uq_accounts_person_id"),
        sa.UniqueConstraint("uid", name="uq_accounts_uid"),
    )
    op.create_table(
        "event_contents",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_contents_event_id"),
        sa.PrimaryKeyConstraint("event_id", name="pk_event_contents"),
    )
    op.create_table(
        "id_numbers",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=18), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_id_numbers_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_id_numbers"),
        sa.UniqueConstraint("number", name="uq_id_numbers_number"),
    )
    op.create_table(
        "integrity_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("chain_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Integer(), nullable=True),
        sa.Column("content_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["chain_id"], ["chains.id"], name="fk_integrity_files_chain_id"),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name="fk_integrity_files_department_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_integrity_files_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_integrity_files"),
        sa.UniqueConstraint("chain_id", name="uq_integrity_files_chain_id"),
        sa.UniqueConstraint("number", name="uq_integrity_files_number"),
        sa.UniqueConstraint("person_id", name="uq_integrity_files_person_id"),
        sa.UniqueConstraint("uid", name="uq_integrity_files_uid"),
    )
    op.create_index("ix_integrity_files_department_id", "integrity_files", ["department_id"], unique=False)
    op.create_table(
        "person_states",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_person_states_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person_states"),
        sa.UniqueConstraint("uid", name="uq_person_states_uid"),
    )
    op.create_index("ix_person_states_person_id", "person_states", ["person_id"], unique=False)
    op.create_table(
        "account_roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_account_roles_account_id"),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name="fk_account_roles_department_id"),
        sa.PrimaryKeyConstraint("id", name="pk_account_roles"),
        sa.UniqueConstraint(
            "account_id", "role", "department_id", name="uq_account_roles_account_id_role_department_id"
        ),
        sa.UniqueConstraint("uid", name="uq_account_roles_uid"),
    )
    op.create_table(
        "import_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("verified_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["imported_by"], ["accounts.id"], name="fk_import_batches_imported_by"),
        sa.ForeignKeyConstraint(["verified_by"], ["accounts.id"], name="fk_import_batches_verified_by"),
        sa.PrimaryKeyConstraint("id", name="pk_import_batches"),
        sa.UniqueConstraint("uid", name="uq_import_batches_uid"),
    )
    op.create_table(
        "schemes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("adopted_by", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["published_by"], ["accounts.id"], name="fk_schemes_published_by"),
        sa.PrimaryKeyConstraint("id", name="pk_schemes"),
        sa.UniqueConstraint("code", "edition", name="uq_schemes_code_edition"),
        sa.UniqueConstraint("uid", name="uq_schemes_uid"),
    )
    op.create_table(
        "evaluations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("period_start", sa.Integer(), nullable=False),
        sa.Column("period_end", sa.Integer(), nullable=False),
        sa.Column("period_label", sa.String(length=40), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("inputs_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content_version", sa.Integer(), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name="fk_evaluations_department_id"),
        sa.ForeignKeyConstraint(["file_id"], ["integrity_files.id"], name="fk_evaluations_file_id"),
        sa.ForeignKeyConstraint(["scheme_id"], ["schemes.id"], name="fk_evaluations_scheme_id"),
        sa.ForeignKeyConstraint(["submitted_by"], ["accounts.id"], name="fk_evaluations_submitted_by"),
        sa.PrimaryKeyConstraint("id", name="pk_evaluations"),
        sa.UniqueConstraint("uid", name="uq_evaluations_uid"),
    )
    op.create_index(
        "ix_evaluations_department_id_status", "evaluations", ["department_id", "status"], unique=False
    )
    op.create_index(
        "uq_evaluations_file_id_period_start_period_end",
        "evaluations",
        ["file_id", "period_start", "period_end"],
        unique=True,
        sqlite_where=sa.text("status <> 'superseded'"),
        postgresql_where=sa.text("status <> 'superseded'"),
    )
    op.create_table(
        "leads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("order_no", sa.String(length=200), nullable=False),
        sa.Column("received_on", sa.Integer(), nullable=False),
        sa.Column("occurred_on", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Integer(), nullable=True),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("commitment", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("closed_on", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("registered_by", sa.Integer(), nullable=False),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.LargeBinary(length=16), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name="fk_leads_batch_id"),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name="fk_leads_department_id"),
        sa.ForeignKeyConstraint(["file_id"], ["integrity_files.id"], name="fk_leads_file_id"),
        sa.ForeignKeyConstraint(["handler_id"], ["accounts.id"], name="fk_leads_handler_id"),
        sa.ForeignKeyConstraint(["registered_by"], ["accounts.id"], name="fk_leads_registered_by"),
        sa.PrimaryKeyConstraint("id", name="pk_leads"),
        sa.UniqueConstraint("origin", name="uq_leads_origin"),
        sa.UniqueConstraint("uid", name="uq_leads_uid"),
    )
    op.create_index("ix_leads_file_id", "leads", ["file_id"], unique=False)
    op.create_index("ix_leads_status_due_on", "leads", ["status", "due_on"], unique=False)
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("account_name", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("inputs_digest", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_approvals_account_id"),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluations.id"], name="fk_approvals_evaluation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
        sa.UniqueConstraint("uid", name="uq_approvals_uid"),
    )
    op.create_index("ix_approvals_evaluation_id", "approvals", ["evaluation_id"], unique=False)
    op.create_table(
        "entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("occurred_on", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Integer(), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("document_no", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("commitment", sa.String(length=40), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("verified_at", sa.BigInteger(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("status_document", sa.String(length=200), nullable=True),
        sa.Column("status_on", sa.Integer(), nullable=True),
        sa.Column("status_reason", sa.Text(), nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.LargeBinary(length=16), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name="fk_entries_batch_id"),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name="fk_entries_department_id"),
        sa.ForeignKeyConstraint(["file_id"], ["integrity_files.id"], name="fk_entries_file_id"),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_entries_item_id"),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name="fk_entries_lead_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["accounts.id"], name="fk_entries_recorded_by"),
        sa.ForeignKeyConstraint(["supersedes_id"], ["entries.id"], name="fk_entries_supersedes_id"),
        sa.ForeignKeyConstraint(["verified_by"], ["accounts.id"], name="fk_entries_verified_by"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("origin", name="uq_entries_origin"),
        sa.UniqueConstraint("uid", name="uq_entries_uid"),
    )
    op.create_index("ix_entries_batch_id", "entries", ["batch_id"], unique=False)
    op.create_index("ix_entries_document_no", "entries", ["document_no"], unique=False)
    op.create_index("ix_entries_file_id_occurred_on", "entries", ["file_id", "occurred_on"], unique=False)
    op.create_index("ix_entries_status_department_id", "entries", ["status", "department_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("seen_by", sa.String(length=200), nullable=True),
        sa.Column("seen_on", sa.Integer(), nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["accounts.id"], name="fk_evidence_added_by"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_evidence_entry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("uid", name="uq_evidence_uid"),
    )
    op.create_index("ix_evidence_entry_id", "evidence", ["entry_id"], unique=False)
    op.create_table(
        "evidence_chunks",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name="fk_evidence_chunks_evidence_id"),
        sa.PrimaryKeyConstraint("evidence_id", "number", name="pk_evidence_chunks"),
    )
    categories = sa.table("categories", sa.column("code"), sa.column("polarity"), sa.column("position"))
    rows = [{"code": c, "polarity": p, "position": n} for n, (c, p) in enumerate(CATEGORIES)]
    op.bulk_insert(categories, rows)
