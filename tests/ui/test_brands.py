"""A nurse says the brand: the drug table knows it, and a card says the drug in few words."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.core.orders import Category, Order, Route
from desktop_app.rulebook_files import load_standard
from desktop_app.ui import words
from desktop_app.ui.drug_book import DrugBook
from desktop_app.ui.drug_search import find_drugs

TABLE = DrugBook(load_standard().rulebook.drugs.on(date(2026, 3, 2))).all()
BRANDS = {
    "Remicade": "J1745", "Rituxan": "J9312", "Herceptin": "J9355", "Avastin": "J9035", "Neulasta": "J2506",
    "Entyvio": "J3380", "Ocrevus": "J2350", "Tysabri": "J2323", "Actemra": "J3262", "Orencia": "J0129",
    "Stelara": "J3358", "Soliris": "J1299", "Keytruda": "J9271", "Opdivo": "J9299", "Venofer": "J1756",
    "Injectafer": "J1439", "Feraheme": "Q0138", "Privigen": "J1459", "Gammagard": "J1569",
    "Gammaked": "J1561", "Benadryl": "J1200", "Solu-Medrol": "J2919", "Solu-Cortef": "J1720",
    "Depo-Medrol": "J1010", "Zofran": "J2405", "Decadron": "J1100", "Pepcid": "J1308", "Reclast": "J3489",
    "Zometa": "J3489", "Prolia": "J0897", "Xgeva": "J0897", "Xolair": "J2357", "Procrit": "J0885",
    "Retacrit": "Q5106", "Aranesp": "J0881", "Toradol": "J1885", "Lasix": "J1938", "Ativan": "J2060",
    "Reglan": "J2765", "Phenergan": "J2550", "Aloxi": "J2469", "Emend": "J1453", "Cathflo": "J2997",
    "Rocephin": "J0696", "Zosyn": "J2543", "Cubicin": "J0878", "Velcade": "J9041", "Taxol": "J9267",
    "Taxotere": "J9171", "Alimta": "J9305", "Gemzar": "J9201", "Doxil": "Q2050", "Inflectra": "Q5103",
}  # fmt: skip


@pytest.mark.parametrize("letters", [3, 20])
@pytest.mark.parametrize(("brand", "code"), BRANDS.items())
def test_a_brand_finds_its_drug(brand: str, code: str, letters: int) -> None:
    found = find_drugs(TABLE, brand[:letters], most=len(TABLE))
    assert code in [drug.hcpcs for drug in found]
    if letters > len(brand):
        assert found[0].hcpcs == code


def test_remicade_is_infliximab_in_one_word() -> None:
    (drug,) = find_drugs(TABLE, "remicade")
    assert (words.short_name(drug.name)[0], drug.brand) == ("Infliximab", "Remicade or unbranded")


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ("Infliximab, not biosimilar", "Infliximab"),
        ("infliximab reference brand or unbranded", "Infliximab"),
        ("Ferumoxytol, non-dialysis use", "Ferumoxytol"),
        ("Alteplase, catheter clearance or infusion", "Alteplase"),
        ("Normal saline, 500 mL", "Normal saline, 500 mL"),
        ("Doxorubicin liposomal", "Doxorubicin liposomal"),
    ],
)
def test_what_was_recorded_is_said_in_short(recorded: str, said: str) -> None:
    order = Order(drug=recorded, category=Category.CHEMO, route=Route.IV_INFUSION)
    assert words.drug_name(order) == said
