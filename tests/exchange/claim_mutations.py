"""Changes of files of claims: what is changed, in which file, how, and who finds it."""

from __future__ import annotations

from tests.exchange.claim_files import INSTITUTIONAL, PROFESSIONAL

P, I = PROFESSIONAL, INSTITUTIONAL  # noqa: E741 - the guides' own letters
OURS, PYX12, SDK = {"ours"}, {"ours", "pyx12"}, {"ours", "x12sdk"}
ALL, OTHERS = {"ours", "pyx12", "x12sdk"}, {"pyx12", "x12sdk"}
"""Exactly who finds a change; under ``stress`` everybody is asked of each."""

MUTATIONS = [
    ("a total that its lines do not make", P, r"(CLM\*[^*]*\*)[0-9.]+", r"\g<1>1.5", SDK),
    ("a hospital's total that its lines do not make", I, r"(CLM\*[^*]*\*)[0-9.]+", r"\g<1>1.5", SDK),
    ("a line's charge", P, r"(SV1\*HC:[^*]*\*)[0-9.]+", r"\g<1>9.99", SDK),
    ("a charge in tenths of cents", P, r"(SV1\*HC:[^*]*\*)[0-9.]+", r"\g<1>9.999", SDK),
    ("a pointer to a diagnosis that is not there", P, r"(SV1[^~]*\*)2:1", r"\g<1>7:1", OURS),
    ("a pointer twice", P, r"(SV1[^~]*\*)2:1", r"\g<1>1:1", OURS),
    ("a line without a pointer", P, r"(SV1[^~]*)\*\*\*2:1", r"\g<1>", ALL),
    ("a code with a letter too much", P, "HC:96413", "HC:9641X3", OURS),
    ("a code of four places", I, "HC:96413", "HC:9641", OURS),
    ("a code that is a word", P, "HC:J9271", "HC:INFUS", OURS),
    ("a modifier of three letters", I, "HC:J1745:JW", "HC:J1745:JWW", PYX12),
    ("a modifier twice", I, "HC:J1745:JW", "HC:J1745:JW:JW", OURS),
    ("waste and no waste in one line", I, "HC:J1745:JW", "HC:J1745:JW:JZ", OURS),
    ("units that are half", P, r"(SV1\*HC:96413[^~]*\*UN\*)1\*", r"\g<1>0.5*", OURS),
    ("units that are none", P, r"(SV1\*HC:96413[^~]*\*UN\*)1\*", r"\g<1>0*", SDK),
    ("minutes for units", P, r"(SV1\*HC:96413[^~]*)\*UN\*", r"\g<1>*MJ*", OURS),
    ("an NDC of ten digits", P, r"LIN\*\*N4\*9", "LIN**N4*", OURS),
    ("an NDC with hyphens", I, r"LIN\*\*N4\*99902074501", "LIN**N4*99902-0745-01", OURS),
    ("an NDC of zeros", I, "99902074501", "00000000000", OURS),
    ("no quantity for an NDC", P, r"(CTP\*\*\*\*)8", r"\g<1>0", OURS),
    ("an NDC's unit", P, r"(CTP\*\*\*\*8\*)ML", r"\g<1>MG", PYX12),
    ("a digit of an NPI", P, r"(NM1\*82[^~]*XX\*1000002)018", r"\g<1>019", OURS),
    ("a digit of the biller's NPI", P, "XX\\*1234567893", "XX*1234567803", OURS),
    ("two digits of an NPI changed over", I, r"(NM1\*71[^~]*XX\*100000)1002", r"\g<1>0102", OURS),
    ("a diagnosis without a letter", P, "ABK:C189", "ABK:1890", OURS),
    ("a diagnosis twice", P, "ABF:Z5111", "ABF:C189", OURS),
    ("a principal diagnosis that is another", P, "ABK:C189", "ABF:C189", PYX12),
    ("a day that is none", P, r"(DTP\*472\*D8\*)20260302", r"\g<1>20260230", ALL),
    ("a service before the birth", P, r"(DMG\*D8\*)1936", r"\g<1>2031", OURS),
    ("lines outside the statement", I, r"(434\*RD8\*)20260302-20260302", r"\g<1>20260303-20260303", OURS),
    ("a replacement of nothing", P, "11:B:1", "11:B:7", OURS),
    ("a frequency of no meaning", I, "13:A:1", "13:A:9", OURS),
    ("a revenue code of two digits", I, r"SV2\*0335", "SV2*35", OURS),
    ("a line id twice", P, r"REF\*6R\*(month-002.1.)02", r"REF*6R*\g<1>01", OURS),
    ("a claim id twice", P, r"CLM\*month-003-1", "CLM*month-002-1", OURS),
    ("a number of a line", P, r"LX\*2~", "LX*5~", PYX12),
    ("a tax number of eight digits", P, r"REF\*EI\*123456789", "REF*EI*12345678", OURS),
    ("a short ZIP code", P, r"(N4\*Springfield\*IL\*)62704~", r"\g<1>6270~", OURS),
    ("a sex of no meaning", P, r"(DMG\*D8\*[0-9]{8}\*)M", r"\g<1>X", OTHERS),
    ("a member id that is gone", P, r"(NM1\*IL[^~]*)\*MI\*W[0-9]+", r"\g<1>", ALL),
    ("a patient below nobody", I, r"HL\*([0-9]+)\*[0-9]+\*23", r"HL*\g<1>*1*23", SDK),
    ("a level that says nobody is below it", I, r"(HL\*[0-9]+\*1\*22\*)1", r"\g<1>0", OURS),
    ("a segment that is gone", P, r"~REF\*6R\*month-002.1.02~", "~", ALL),
    ("a date that is gone", P, r"~DTP\*472\*D8\*20260302~", "~", ALL),
    ("a claim's count of segments", P, r"SE\*([0-9]+)", r"SE*9\g<1>", ALL),
    ("a number of the end", P, r"IEA\*1\*0", "IEA*1*9", PYX12),
    ("a group's count", P, r"GE\*1\*", "GE*2*", PYX12),
    ("the end", P, r"IEA[^~]*~", "", PYX12),
    ("a separator in a name", P, r"(NM1\*IL\*1\*)O'Sample", r"\g<1>O*Sample", OTHERS),
    ("the header", P, r"ISA\*00", "ISB*00", ALL),
    ("a payer that is gone", P, r"~NM1\*PR[^~]*~", "~", ALL),
    ("a letter with an accent", P, "Oak Street", "Oák Street", PYX12),
]
