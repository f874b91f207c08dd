"""A small export of one family, as a town's software writes it; a test changes the cells it is about."""

import csv
import io

TITLES = [
    "N° dossier",
    "Type",
    "Civilité",
    "Nom",
    "Nom de naissance",
    "Prénoms",
    "Né(e) le",
    "Commune de naissance",
    "Adresse",
    "Complément",
    "CP",
    "Ville",
    "Tél. domicile",
    "Portable",
    "Courriel",
    "Autorité parentale",
    "Lien",
    "École",
    "Classe",
    "N° allocataire",
    "Régime",
    "QF",
    "Date QF",
    "Observations",
]
GUARDIAN = {
    "N° dossier": "700",
    "Type": "RESPONSABLE",
    "Civilité": "Mme",
    "Nom": "Martin",
    "Prénoms": "Lucie",
    "Né(e) le": "04/05/1988",
    "Adresse": "1 rue du Port",
    "CP": "49290",
    "Ville": "Villeparvis-sur-Loire",
    "Portable": "+33612345678",
    "Courriel": "lucie.martin@example.net",
    "Autorité parentale": "O",
    "Lien": "Mère",
    "N° allocataire": "1234567",
    "Régime": "CAF",
    "QF": "800",
    "Date QF": "01/09/2026",
}
CHILD = {
    "N° dossier": "700",
    "Type": "ENFANT",
    "Nom": "Martin",
    "Prénoms": "Zoé",
    "Né(e) le": "18/07/2018",
    "Lien": "Fille",
    "École": "École du Port",
    "Classe": "CE2",
}
CONTACT = {
    "N° dossier": "700",
    "Type": "CONTACT",
    "Nom": "Verdier",
    "Prénoms": "Odile",
    "Portable": "+33612345679",
    "Lien": "Grand-mère",
    "Observations": "autorisé à récupérer",
}
Row = dict[str, str]


def write_csv(rows: list[Row], *, separator: str = ";", titles: list[str] = TITLES) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, titles, delimiter=separator, lineterminator="\r\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
