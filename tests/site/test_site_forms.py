"""The forms come from the shapes that validate: nothing is typed twice, nothing is unnamed."""

from html.parser import HTMLParser

import pytest
from parvis_site import form_model, forms

from functions.accounts import schemas


class Controls(HTMLParser):
    """Every start tag with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("form_id", sorted(forms.FORMS))
def test_every_control_has_a_label_and_every_identifier_is_unique(form_id: str) -> None:
    page = Controls(forms.render(form_id))

    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    labelled = {attributes.get("for") for attributes in page.all("label")}
    unlabelled = [
        control["id"]
        for control in page.all("input")
        if control["id"] not in labelled and control["type"] not in {"radio", "checkbox", "hidden"}
    ]

    assert len(ids) == len(set(ids))
    assert unlabelled == []


@pytest.mark.parametrize("form_id", sorted(forms.FORMS))
def test_descriptions_name_elements_that_exist(form_id: str) -> None:
    page = Controls(forms.render(form_id))

    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    described = {attributes["aria-describedby"] for _, attributes in page.tags if "aria-describedby" in attributes}

    assert described <= ids


def test_the_steps_of_an_account_are_its_nested_structs_in_order() -> None:
    page = Controls(forms.render("creer-mon-espace"))

    steps = [section["data-step"] for section in page.all("section")]

    assert steps == ["identity", "address", "contact", "authentication"]


def test_only_the_first_step_is_open_at_first() -> None:
    page = Controls(forms.render("creer-mon-espace"))

    hidden = ["hidden" in section for section in page.all("section")]

    assert hidden == [False, True, True, True]


def test_a_date_is_three_inputs_never_a_picker() -> None:
    page = Controls(forms.render("creer-mon-espace"))

    parts = [c["name"] for c in page.all("input") if (c.get("name") or "").startswith("identity.birth_date")]
    types = {c["type"] for c in page.all("input")}

    assert parts == ["identity.birth_date.day", "identity.birth_date.month", "identity.birth_date.year"]
    assert "date" not in types


def test_optional_answers_say_so_and_are_not_required() -> None:
    fields, groups = form_model.read(schemas.CreateAccount)
    optional = [field for group in groups if not group.optional for field in group.fields if field.optional]
    html = forms.render("creer-mon-espace")
    controls = {c["name"]: c for c in Controls(html).all("input") if c.get("name")}

    assert not fields
    assert [field.name for field in optional][:2] == ["identity.birth_name", "identity.birth_date"]
    assert all("required" not in controls[f.name] for f in optional if f.kind != "date")
    assert f'{optional[0].label} <span class="p-optional">(facultatif)</span>' in html
    assert "*" not in html.replace("]*$", "").replace(r"\s*", "")


def test_the_key_is_a_group_one_may_leave_closed_in_the_last_step() -> None:
    html = forms.render("creer-mon-espace")

    last_step = html[html.index('data-step="authentication"') :]

    assert 'data-optional-group="cle_enfance"' in last_step
    assert "J’ai reçu ma clé enfance" in last_step
    assert 'data-pointer="/cle_enfance/child_birth_date"' in last_step


def test_a_password_is_hidden_and_can_be_shown() -> None:
    page = Controls(forms.render("connexion"))

    password = next(c for c in page.all("input") if c["name"] == "password")
    reveal = [b for b in page.all("button") if "data-reveal" in b]

    assert password["type"] == "password"
    assert password["autocomplete"] == "current-password"
    assert [b["aria-controls"] for b in reveal] == ["password"]


def test_a_form_without_script_never_puts_answers_in_the_address() -> None:
    methods = [Controls(forms.render(form_id)).all("form")[0]["method"] for form_id in forms.FORMS]

    assert set(methods) == {"post"}


def test_a_shape_without_a_control_is_refused() -> None:
    with pytest.raises(form_model.UnknownShape, match="ListType"):
        form_model.read(schemas.LinkedFoyer)


def test_an_unknown_form_names_those_that_exist() -> None:
    with pytest.raises(forms.UnknownForm, match="connexion"):
        forms.render("inscription")
