"""The form of « Essayer les règles », rendered from the very shape that validates the question."""

from html.parser import HTMLParser

from parvis_site import form_model, forms

from functions.reservations.trial_schemas import Trial

HTML = str(forms.render("essayer-les-regles"))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(HTML)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_every_question_of_the_shape_is_asked() -> None:
    pointers = {attributes.get("data-pointer") for _, attributes in Tags().found}
    places = {attributes.get("data-place") for _, attributes in Tags().found}

    assert {f"/{name}" for name in Trial.__struct_fields__} - {"/documents"} == pointers - {None}
    assert "documents" in places


def test_a_choice_is_a_labelled_list_that_starts_empty() -> None:
    labelled = {attributes["for"] for attributes in Tags().all("label") if "for" in attributes}
    lists = [attributes["id"] for attributes in Tags().all("select")]

    assert lists == ["activity", "school", "level", "session", "slot"]
    assert set(lists) <= labelled
    assert HTML.count('<option value=""></option>') == len(lists)


def test_only_the_activity_and_the_day_must_be_answered() -> None:
    fields, _ = form_model.read(Trial)

    assert [field.name for field in fields if not field.optional] == ["activity", "day"]


def test_what_may_stay_closed_says_so_once_for_the_part() -> None:
    fields, _ = form_model.read(Trial)
    headings = [heading for heading, _ in form_model.parts(fields)]

    assert headings[0] == ""
    assert len(Tags().all("details")) == len(headings) - 1
    assert HTML.count("(facultatif)") == len(headings)  # each part, and the instant of the first one


def test_yes_or_no_is_a_box_with_its_label() -> None:
    boxes = [attributes["name"] for attributes in Tags().all("input") if attributes["type"] == "checkbox"]

    assert boxes == ["packed_meal", "outside", "unbooked", "no_document"]
    assert all(f'name="{name}" type="checkbox"' in HTML for name in boxes)
