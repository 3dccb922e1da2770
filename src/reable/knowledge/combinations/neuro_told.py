"""When signs of the spine, brain, nerves and senses alarm together, as strangers tell them in passing (S7)."""

from reable.knowledge.rules import read, rules, told

_STROKE = read("nih-seniorhealth-stroke", "What are the warning signs of stroke")
_CLAP = read("becker-headache-2015", "table of red flags, emergent")
_BLOW = read("cdc-concussion-danger", "Danger signs and symptoms of a concussion")
_GBS = read("mayo-gbs", "When to see a doctor")
_EAR = read("aao-hns-shl-2019", "Abstract")
_FIT = read("utmb-seizure-911", "Do I call 911")
_MSCC = read("acute-oncology-mscc", "page 3, warning signs")
_DCM = read("myelopathy-org-symptoms", "Frequent symptoms")
_SPINE_INJURY = read("hawaii-sci-recognizing", "Recognizing a Spinal Cord Injury")
_VCF = read("altru-compression-fracture", "whole page")
_CES = read("cornwall-rms-back", "Red flags, cauda equina")
_DRIVING = read("nice-qs71", "Statement 5")
_NO_BENZO = read("fda-2020-benzodiazepines", "Safety announcement")
_NG127 = told("nice-ng127", "limb or facial weakness; tremor")

_HANDS = "fine_finger_trouble|clumsy_hands|both_hands_numb"
_WALK = "stiff_or_drunken_walk|unsteady_walking"
_BLADDER = "bladder_trouble|bladder_urgency|wet_self"
_SPINE = "back_trouble|spine_sore|b28013|spine_crunch"
_LEGS = "weak_legs|limb_goes_numb|limb_dead|legs_not_obeying|leg_gives"
_OUT = "no_memory|blank_spell|went_out|out_or_blank"

_ROWS = (
    ("stroke_signs", _STROKE, "leg_gone mouth_leaks|speech_off|arm_gone woke_with_it|began_now"),
    ("stroke_signs", _STROKE, "stiff_or_drunken_walk began_today|began_now|sudden_onset"),
    ("stroke_signs", _STROKE, "whole_limb_numb began_today|began_now|sudden_onset|woke_with_it"),
    ("stroke_signs", _STROKE, "whole_limb_numb began_lately arm_gone|leg_gone|side_weak|speech_off"),
    ("guillain_barre", _GBS, "after_infection tingling_hands_feet spreads_upward|stairs_or_chair_fail"),
    ("thunderclap_headache", _CLAP, "in_seconds neck_like_board|stiff_neck been_sick|throws_up"),
    ("head_injury", _BLOW, "child|a_child_told had_a_fall|hard_crash been_sick+out_or_blank|throws_up+out_or_blank"),
    (
        "head_injury",
        _BLOW,
        "child|a_child_told had_a_fall|hard_crash cannot_keep_down+out_or_blank|been_sick+very_drowsy",
    ),
    ("sudden_vision_loss", _STROKE, "sight_gone not_back"),
    ("sudden_hearing_loss", _EAR, "ear_off loud_pop|not_back|began_lately|woke_with_it|began_now"),
    ("sudden_hearing_loss", _EAR, "ear_off dizzy_or_faint_more ear_rings"),
    ("prolonged_seizure", _FIT, "epilepsy_said|fit_or_jerks|eyes_rolled|seizure_any|fit_word|body_jerked fit_goes_on"),
    ("prolonged_seizure", _FIT, "eyes_rolled shakes_now+blue_lips_more|many_minutes+shakes_now"),
    ("prolonged_seizure", _FIT, "fit_or_jerks not_coming_round"),
    ("cord_compression", _MSCC, f"cancer|bone_mets {_SPINE} {_LEGS}"),
    ("cord_compression", _MSCC, f"cancer|bone_mets {_SPINE} {_BLADDER}"),
    ("cord_compression", _DCM, f"spinal_stenosis weak_legs|legs_not_obeying|limb_weak_words {_BLADDER}"),
    ("cord_compression", _DCM, f"{_HANDS} {_WALK} {_BLADDER} began_lately|said_now"),
    ("cauda_equina", _CES, "back_trouble|small_jolt seat_numb, seat_numb bladder_urgency|stool_word+small_jolt"),
    ("spinal_fracture", _SPINE_INJURY, "hard_crash spine_sore|limb_goes_numb|legs_not_obeying"),
    (
        "fragile_spine_fracture",
        _VCF,
        "spine_crunch crack_heard+over_sixty|crack_heard+said_old_age|crack_heard+steroids",
    ),
    ("fragile_spine_fracture", _VCF, "spine_crunch|crack_heard grown_shorter"),
    ("blackout", _DRIVING, f"found_off_road {_OUT}"),
    ("blackout", _DRIVING, "drives_told|drives_now|drive_after_blackout went_out+struck_word|out_or_blank+struck_word"),
    ("spinal_fracture", _SPINE_INJURY, "hard_crash small_jolt had_a_fall"),
    ("acute_neuro_decline", _NG127, "parkinson|stroke|multiple_sclerosis swallow_off began_lately|fever"),
    ("alcohol_withdrawal", _NO_BENZO, "sedative_pills fit_or_jerks+far_stiffer|fit_or_jerks+muscle_flicker"),
    ("alcohol_withdrawal", _NO_BENZO, "sedative_pills medicine_gap blank_spell|far_stiffer|muscle_flicker"),
)

COMBINATIONS = rules(_ROWS)
