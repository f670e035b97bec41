"""What is the next act in a village, whose is it, by when, under which article; and what is done.

`plan_tasks` is a pure function of a frozen picture of the election (`TaskFacts`), so that
the list can be tested without a database.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from pilkades.apps.elections.models import (
    AnnouncementKind,
    ReportKind,
)
from pilkades.apps.elections.selectors.progress import (
    StepProgress,
    StepState,
)
from pilkades.apps.elections.selectors.task_facts import TaskFacts
from pilkades.law.candidacy import Act
from pilkades.text import Text

VILLAGE_OWNERS = frozenset({"panitia", "bpd", "kepala_desa", "calon", "kpps"})


class TaskState(StrEnum):
    """The words of the task list: done, next, to do, waiting for somebody else or for a day."""

    DONE = "done"
    NEXT = "next"
    TODO = "todo"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One act (langkah): `page` is the page where it is done, `step_id` the step behind it."""

    id: str
    title: Text
    owner: str
    due: date | None
    article: str
    state: TaskState
    page: str = ""
    step_id: str = ""
    note: Text | None = None
    is_late: bool = False
    done_by: str = ""
    done_at: datetime | date | None = None
    why: tuple[Text, ...] = ()


def plan_tasks(facts: TaskFacts) -> tuple[Task, ...]:
    """All tasks of the village in the order in which they are to be seen to.

    Open ones by their last day, exactly one of them the next; then what waits, then what is done.
    """
    tasks = [*_committee_task(facts), *_candidacy_tasks(facts), *_ballot_tasks(facts)]
    tasks += _report_tasks(facts)
    tasks += _plain_steps(facts, {task.step_id for task in tasks})
    far = date.max
    todo = sorted(
        (task for task in tasks if task.state is TaskState.TODO), key=lambda t: t.due or far
    )
    waiting = sorted(
        (task for task in tasks if task.state is TaskState.WAITING), key=lambda t: t.due or far
    )
    done = [task for task in tasks if task.state is TaskState.DONE]
    if todo:
        todo[0] = replace(todo[0], state=TaskState.NEXT)
    elif waiting:
        waiting[0] = replace(waiting[0], state=TaskState.NEXT)
    return (*todo, *waiting, *done)


# --- The committee -----------------------------------------------------------------------------


def _committee_task(facts: TaskFacts) -> Iterator[Task]:
    entry = _find(facts, "committee_formation")
    if entry is None:
        return
    committee = facts.committee
    yield _step_task(
        facts,
        entry,
        title=Text("Bentuk panitia pemilihan dan catat keputusan BPD"),
        page="committee",
        is_done=committee is not None,
        done_by=str(committee.formed_by) if committee else "",
        done_at=committee.formed_at if committee else None,
    )


# --- Candidacy ---------------------------------------------------------------------------------


def _candidacy_tasks(facts: TaskFacts) -> Iterator[Task]:
    registration = _find(facts, "registration")
    if registration is not None:
        yield _notice_task(facts, registration)
        yield _registration_task(facts, registration)
        yield _applicants_task(facts, registration)
    yield from _examination_tasks(facts)
    yield from _path_tasks(facts)
    yield from _selection_task(facts)
    yield from _deliberation_task(facts)


def _notice_task(facts: TaskFacts, registration: StepProgress) -> Task:
    """The notice must stand before the first day of the registration ends."""
    published = facts.announced.get(AnnouncementKind.NOTICE)
    return _task(
        facts,
        id="notice",
        title=Text("Terbitkan pengumuman wajib pendaftaran"),
        owner="panitia",
        due=registration.step.start_date,
        article=facts.notice_article,
        page="announcements",
        is_done=published is not None,
        is_ready=facts.committee is not None,
        done_by=str(published.published_by) if published else "",
        done_at=published.published_at if published else None,
    )


def _registration_task(facts: TaskFacts, entry: StepProgress) -> Task:
    is_over = entry.step.end_date < facts.today
    return _step_task(
        facts,
        entry,
        title=Text("Terima pendaftaran bakal calon"),
        page="files",
        is_done=is_over,
        note=Text(
            "{received} diterima, {drafts} rancangan",
            received=facts.received_count,
            drafts=facts.draft_count,
        ),
        done_at=entry.step.end_date if is_over else None,
    )


def _applicants_task(facts: TaskFacts, registration: StepProgress) -> Task:
    published = facts.announced.get(AnnouncementKind.APPLICANTS)
    is_over = registration.step.end_date < facts.today
    check = _find(facts, "document_check")
    return _task(
        facts,
        id="applicants",
        title=Text("Umumkan bakal calon yang terdaftar, supaya masyarakat memberi masukan"),
        owner="panitia",
        due=check.step.end_date if check else registration.step.end_date,
        article=check.step.article if check else registration.step.article,
        page="announcements",
        is_done=published is not None or (is_over and not facts.received_count),
        is_ready=is_over,
        done_by=str(published.published_by) if published else "",
        done_at=published.published_at if published else None,
    )


def _examination_tasks(facts: TaskFacts) -> Iterator[Task]:
    entry = _find(facts, "final_check") or _find(facts, "document_check")
    if entry is not None and facts.received_count:
        yield _step_task(
            facts,
            entry,
            title=Text("Periksa dan putuskan berkas bakal calon"),
            page="files",
            is_done=not facts.undecided_count,
            is_ready=True,
            note=Text(
                "{undecided} belum diputuskan, {completing} sedang dilengkapi",
                undecided=facts.undecided_count,
                completing=facts.completing_count,
            ),
        )
    if facts.open_complaints:
        yield _task(
            facts,
            id="complaints",
            title=Text("Jawab masukan masyarakat"),
            owner="panitia",
            due=entry.step.end_date if entry else None,
            article=facts.complaint_article,
            page="complaints",
            is_done=False,
            is_ready=True,
            note=Text("{count} menunggu jawaban", count=facts.open_complaints),
        )


PATH_TITLES = {
    Act.EXTEND_REGISTRATION: Text("Putuskan perpanjangan pendaftaran"),
    Act.SELECT: Text("Putuskan seleksi tambahan"),
    Act.DELIBERATE: Text("Putuskan musyawarah tentang calon tunggal"),
    Act.DETERMINE: Text("Tetapkan calon"),
    Act.DETERMINE_WITH_EMPTY_COLUMN: Text("Tetapkan calon tunggal melawan kolom kosong"),
    Act.DECLARE_VOID: Text("Catat bahwa pemilihan batal"),
    Act.CONTINUE: Text("Catat bahwa pemilihan dilanjutkan dengan calon yang ada"),
    Act.POSTPONE: Text("Catat bahwa pemilihan perlu ditunda"),
}


def _path_tasks(facts: TaskFacts) -> Iterator[Task]:
    for decision in facts.path.confirmed:
        yield _task(
            facts,
            id=f"path-{decision.phase}",
            title=PATH_TITLES[Act(decision.act)],
            owner="panitia",
            due=None,
            article=decision.article,
            page="path",
            is_done=True,
            done_by=str(decision.confirmed_by),
            done_at=decision.confirmed_at,
        )
    path = facts.path.path
    if path is None:
        return
    by_step = _find(facts, path.by_step)
    waiting = facts.path.open_decision
    yield _task(
        facts,
        id="path",
        title=PATH_TITLES[path.act],
        owner="panitia",
        due=by_step.step.start_date if by_step else None,
        article=path.article,
        page="path",
        is_done=False,
        is_ready=True,
        note=Text("Sudah diajukan; ketua perlu mengesahkan.") if waiting else path.text,
    )


def _selection_task(facts: TaskFacts) -> Iterator[Task]:
    entry = _find(facts, "extra_selection")
    if entry is None or not facts.path.has_act(Act.SELECT):
        return
    scores = facts.scores
    yield _step_task(
        facts,
        entry,
        title=Text("Isi lembar nilai dan umumkan hasil seleksi tambahan"),
        page="scores",
        is_done=scores is not None,
        is_ready=True,
        done_by=str(scores.published_by) if scores else "",
        done_at=scores.published_at if scores else None,
    )


def _deliberation_task(facts: TaskFacts) -> Iterator[Task]:
    entry = _find(facts, "single_deliberation")
    if entry is None or not facts.path.has_act(Act.DELIBERATE):
        return
    found = facts.deliberation
    is_done = found is not None and found.confirmed_at is not None
    yield _step_task(
        facts,
        entry,
        title=Text("Musyawarahkan calon tunggal dan sahkan berita acaranya"),
        page="deliberation",
        is_done=is_done,
        is_ready=True,
        note=Text("Ditulis satu pihak; pihak lain perlu mengesahkan.")
        if found and not is_done
        else None,
        done_by=str(found.confirmed_by) if found and is_done else "",
        done_at=found.confirmed_at if found else None,
    )


# --- Numbers and ballot ------------------------------------------------------------------------


def _ballot_tasks(facts: TaskFacts) -> Iterator[Task]:
    entry = _find(facts, "drawing") or _find(facts, "determination")
    if entry is None or not (facts.determined_count or facts.numbered_count):
        return
    drawing = facts.drawing
    is_drawn = drawing is not None and drawing.closed_at is not None
    yield _step_task(
        facts,
        entry,
        title=Text("Undi nomor urut di depan umum"),
        page="drawing",
        is_done=is_drawn,
        is_ready=True,
        done_by=str(drawing.closed_by) if drawing and is_drawn else "",
        done_at=drawing.closed_at if drawing else None,
    )
    yield _proof_task(facts)


def _proof_task(facts: TaskFacts) -> Task:
    proof, order = facts.proof, _find(facts, "ballots_procured")
    is_locked = proof is not None and proof.locked_at is not None
    return _task(
        facts,
        id="proof",
        title=Text("Setujui dan kunci cetak coba surat suara"),
        owner="panitia",
        due=order.step.start_date if order else None,
        article=order.step.article if order else "",
        page="proof",
        is_done=is_locked,
        is_ready=facts.numbered_count > 0,
        note=_tell_proof(facts),
        done_by=str(proof.locked_by) if proof and is_locked else "",
        done_at=proof.locked_at if proof else None,
    )


def _tell_proof(facts: TaskFacts) -> Text:
    proof = facts.proof
    if proof is None:
        return Text("Belum dibuat.")
    if proof.lock_proposed_at is not None:
        return Text("Diajukan ketua; sekretaris mengunci.")
    return Text(
        "{signed} dari {all} calon sudah menyetujui.",
        signed=facts.proof_signed_count,
        all=facts.proof_line_count,
    )


# --- Reports -----------------------------------------------------------------------------------


def _report_tasks(facts: TaskFacts) -> Iterator[Task]:
    yield from _report_pair(facts, ReportKind.RESULT, "report_to_council", "report_to_regency")
    if facts.path.has_act(Act.DECLARE_VOID):
        yield from _report_pair(facts, ReportKind.NO_AGREEMENT, "", "void_report")


def _report_pair(
    facts: TaskFacts, kind: ReportKind, first_id: str, second_id: str
) -> Iterator[Task]:
    report = next((item for item in facts.reports if item.kind == kind), None)
    first, second = _find(facts, first_id), _find(facts, second_id)
    is_submitted = report is not None
    if first is not None:
        yield _step_task(
            facts,
            first,
            title=Text("Serahkan laporan panitia kepada BPD"),
            page="reports",
            is_done=is_submitted,
            done_by=str(report.submitted_by) if report else "",
            done_at=report.submitted_at if report else None,
        )
    if second is None:
        return
    is_forwarded = report is not None and report.forwarded_at is not None
    yield _step_task(
        facts,
        second,
        title=Text("Dengarkan laporan panitia dan teruskan lewat camat"),
        page="reports",
        is_done=is_forwarded,
        is_ready=is_submitted or not first_id,
        done_by=str(report.forwarded_by) if report and is_forwarded else "",
        done_at=report.forwarded_at if report else None,
    )


# --- Every other step --------------------------------------------------------------------------


def _plain_steps(facts: TaskFacts, covered: set[str]) -> Iterator[Task]:
    """Steps without a page of their own: carried out elsewhere, noted here."""
    for entry in facts.progress.steps:
        is_other = entry.step.owner in VILLAGE_OWNERS and entry.step.id not in covered
        if is_other and _counts(entry) and entry.step.id not in FOLDED_STEPS:
            yield _step_task(
                facts,
                entry,
                title=Text("{step}", step=entry.step.name),
                page="step",
                is_done=entry.state is StepState.DONE,
                done_at=entry.fact.finished_on if entry.fact else None,
                done_by=str(entry.fact.recorded_by or "") if entry.fact else "",
            )


FOLDED_STEPS = frozenset(
    {
        "document_check",
        "document_completion",
        "final_check",
        "extension_1",
        "extension_2",
        "candidates_announced",
        "determination",
    }
)
"""Steps that are done by acts of the list itself, such as the examination of files."""


def _find(facts: TaskFacts, step_id: str) -> StepProgress | None:
    for entry in facts.progress.steps:
        if entry.step.id == step_id and _counts(entry):
            return entry
    return None


def _counts(entry: StepProgress) -> bool:
    return entry.state not in (StepState.CONDITIONAL, StepState.DROPPED)


def _step_task(
    facts: TaskFacts,
    entry: StepProgress,
    *,
    title: Text,
    page: str,
    is_done: bool,
    is_ready: bool | None = None,
    note: Text | None = None,
    done_by: str = "",
    done_at: datetime | date | None = None,
) -> Task:
    """A task whose last day is that of a step; it is ready once the step has begun."""
    return _task(
        facts,
        id=entry.step.id,
        title=title,
        owner=entry.step.owner,
        due=entry.step.end_date,
        article=entry.step.article,
        page=page,
        step_id=entry.step.id,
        is_done=is_done,
        is_ready=entry.step.start_date <= facts.today if is_ready is None else is_ready,
        note=note,
        done_by=done_by,
        done_at=done_at,
        why=entry.step.why,
    )


def _task(
    facts: TaskFacts,
    *,
    id: str,
    title: Text,
    owner: str,
    due: date | None,
    article: str,
    page: str,
    is_done: bool,
    is_ready: bool = False,
    step_id: str = "",
    note: Text | None = None,
    done_by: str = "",
    done_at: datetime | date | None = None,
    why: tuple[Text, ...] = (),
) -> Task:
    is_late = not is_done and due is not None and due < facts.today
    state = TaskState.TODO if is_ready or is_late else TaskState.WAITING
    return Task(
        id=id,
        title=title,
        owner=owner,
        due=due,
        article=article,
        state=TaskState.DONE if is_done else state,
        page=page,
        step_id=step_id,
        note=note,
        is_late=is_late,
        done_by=done_by if is_done else "",
        done_at=done_at if is_done else None,
        why=why,
    )
