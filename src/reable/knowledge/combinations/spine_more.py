"""More signs of the spine, the nerves and the mind that alarm together (S7): what people say indirectly."""

from reable.knowledge.rules import read, rules, told

_CES = read("cornwall-rms-back", "Red flags, cauda equina")
_MSCC = read("acute-oncology-mscc", "page 3, warning signs")
_DCM = read("myelopathy-org-symptoms", "Frequent symptoms")
_SPINE_INFECTION = read("yusuf-spinal-infection-2019", "Abstract, Results")
_SPINE_INJURY = read("hawaii-sci-recognizing", "Recognizing a Spinal Cord Injury")
_VCF = read("altru-compression-fracture", "whole page")
_STROKE = read("nih-seniorhealth-stroke", "What are the warning signs of stroke")
_GBS = read("mayo-gbs", "When to see a doctor")
_MG = read("mgfa-crisis", "MG Exacerbations and Crisis")
_RIGID = read("middlesex-nms", "whole page")
_PARKINSON = read("iospress-phs-2022", "Abstract")
_NG127 = told("nice-ng127", "limb or facial weakness; tremor")
_MND = read("mnd-red-flags", "whole page")
_FOOT = read("lothian-lumbar-red-flags", "Acute foot drop")
_CORD_CARE = read("csm-autonomic-dysreflexia", "What to do if you think you have autonomic dysreflexia")
_PUMP = told("fda-itb-boxed-warning", "abrupt discontinuation")
_SEIZURE = read("utmb-seizure-911", "Do I call 911")
_FAINT = read("rogers-blackouts-2010", "key points")
_DELIR = read("nice-cg103", "1.3.1")
_MISSING = read("brightfocus-missing", "Do not wait")

_BACK = "back_trouble|b28013|b2803|spine_sore"
_SPINE = f"{_BACK}|neck_pain_any|stiff_neck"
_STUCK = "neck_will_not_turn|back_will_not_straighten"
_AT_ONCE = "spine_crunch|both_hands_numb|weak_legs|limb_goes_numb|legs_not_obeying|bladder_trouble|began_today"
_LEGS = "weak_legs|legs_not_obeying|numb_below_a_line"
_WALK = "unsteady_walking|stiff_or_drunken_walk"
_HANDS = "fine_finger_trouble|clumsy_hands|both_hands_numb"
_THIN = "older_person|old_age_told|osteoporosis|steroids"
_CORD = "cord_injured|spinal_cord_injury"
_BACLOFEN = "baclofen_pump|pump_for_spasms"
_MIND = "confused|sees_the_absent|lost_place_or_time|gibberish|odd_deeds"
_LATELY = "began_lately|sudden_onset|was_fine_lately"
_FIT = "body_jerked|went_stiff|eyes_rolled|tongue_bitten|froth"
_WEAK_BREATH = "breath_or_throat_weak|severe_breathlessness|breathless"
_SHAKES = "shake_words|shakes_any|b7651"

_ROWS = (
    ("cauda_equina", _CES, f"seat_numb {_BACK}|bladder_trouble|pain_both_legs|sex_gone"),
    ("cauda_equina", _CES, "bladder_trouble back_trouble|spine_sore"),
    ("cauda_equina", _CES, "leak_told seat_numb|pain_both_legs|sex_gone"),
    ("cauda_equina", _CES, "sex_gone back_trouble|b28013|b2803|pain_both_legs"),
    ("cord_compression", _MSCC, f"legs_not_obeying|numb_below_a_line {_SPINE}|cancer|bone_mets"),
    ("cord_compression", _MSCC, "legs_not_obeying|numb_below_a_line bladder_trouble|band_round_trunk"),
    ("cord_compression", _MSCC, "bone_mets weak_legs|unsteady_walking|stairs_or_chair_fail"),
    ("cord_compression", _MSCC, f"cancer|bone_mets weak_legs|stairs_or_chair_fail|legs_wont_push_up {_LATELY}"),
    ("cord_compression", _MSCC, "cancer|bone_mets band_round_trunk|pain_both_legs|seat_numb"),
    ("cord_compression", _MSCC, f"band_round_trunk weak_legs|{_WALK}"),
    ("cord_compression", _MSCC, f"{_LEGS} bladder_urgency|wet_self neck_pain_any|spine_sore"),
    ("cord_compression", _MSCC, f"weak_legs bladder_trouble {_LATELY}"),
    ("cauda_equina", _CES, "legs_heavy|knees_give seat_numb|sex_gone"),
    ("cord_compression", _MSCC, "legs_heavy|knees_give numb_below_a_line|band_round_trunk"),
    ("cord_compression", _MSCC, f"legs_heavy|knees_give cancer|bone_mets {_SPINE} {_LATELY}"),
    ("cord_compression", _MSCC, f"legs_heavy|knees_give bladder_trouble {_LATELY}|{_BACK}"),
    ("cord_compression", _MSCC, "leak_told numb_below_a_line|band_round_trunk"),
    ("cord_compression", _MSCC, f"leak_told legs_not_obeying {_LATELY}"),
    ("cord_compression", _MSCC, f"leak_told cancer|bone_mets {_BACK}|{_LEGS}"),
    ("cervical_cord_signs", _DCM, f"{_HANDS} {_WALK}"),
    ("cervical_cord_signs", _DCM, "fine_finger_trouble bladder_trouble|bladder_urgency"),
    ("cervical_cord_signs", _DCM, f"neck_bend_shock {_HANDS}|{_WALK}|arms_zing|neck_pain_any"),
    ("cervical_cord_signs", _DCM, f"brisk_reflexes {_HANDS}|{_WALK}|neck_pain_any|weak_legs"),
    ("spinal_pain_with_cancer", _MSCC, "cancer|bone_mets spine_sore|neck_pain_any|b28013"),
    ("spinal_infection", _SPINE_INFECTION, "spine_sore|back_trouble fever|injects_drugs|uses_heroin"),
    ("spinal_infection", _SPINE_INFECTION, "blood_germs spine_sore|b28013"),
    ("spinal_infection", _SPINE_INFECTION, "needle_in_back fever|wound_weeps|pus_or_smell"),
    ("spinal_fracture", _SPINE_INJURY, f"hard_crash {_SPINE}|spine_crunch|{_STUCK}|arms_zing|{_LEGS}"),
    ("spinal_fracture", _SPINE_INJURY, "hard_crash neck_bend_shock|seat_numb|bladder_trouble"),
    ("fragile_spine_fracture", _VCF, f"small_jolt grown_shorter {_THIN}"),
    ("fragile_spine_fracture", _VCF, f"small_jolt spine_sore|b28013 {_THIN} {_LATELY}"),
    ("fragile_spine_fracture", _VCF, "grown_shorter spine_sore|b28013|back_trouble"),
    ("spinal_fracture", _SPINE_INJURY, f"had_a_fall|recent_injury neck_will_not_turn {_AT_ONCE}"),
    ("fragile_spine_fracture", _VCF, f"had_a_fall neck_will_not_turn {_THIN}"),
    ("fragile_spine_fracture", _VCF, f"had_a_fall|small_jolt spine_crunch|back_will_not_straighten {_THIN}"),
    ("sudden_limb_weakness", _STROKE, f"limb_not_answering {_LATELY}|woke_with_it|said_now"),
    ("sudden_limb_weakness", _STROKE, "limb_weak_words sudden_onset|was_fine_lately|woke_with_it"),
    ("guillain_barre", _GBS, f"after_infection tingling_hands_feet|spreads_upward {_LEGS}"),
    ("guillain_barre", _GBS, "after_infection tingling_hands_feet stairs_or_chair_fail"),
    ("guillain_barre", _GBS, "after_infection legs_not_obeying"),
    ("guillain_barre", _GBS, f"spreads_upward {_LEGS}|stairs_or_chair_fail|{_LATELY}|said_now"),
    ("guillain_barre", _GBS, f"tingling_hands_feet {_LEGS} {_LATELY}|getting_worse"),
    ("guillain_barre", _GBS, f"tingling_hands_feet stairs_or_chair_fail|strength_going {_LATELY}"),
    ("myasthenia_crisis", _MG, f"myasthenia_said|myasthenia_gravis {_WEAK_BREATH}|swallowing_hard"),
    ("myasthenia_crisis", _MG, "myasthenia_said cannot_swallow|new_swallowing_trouble"),
    ("acute_neuro_decline", _PARKINSON, "parkinson_medicine_gone parkinson|rigid_like_stone"),
    ("acute_neuro_decline", _PARKINSON, f"parkinson rigid_like_stone {_LATELY}|fever"),
    ("acute_neuro_decline", _RIGID, "nerve_or_nausea_drug rigid_like_stone|twisted_neck_or_eyes"),
    ("acute_neuro_decline", _RIGID, "rigid_like_stone fever"),
    ("acute_neuro_decline", _NG127, "brain_shunt|brain_tumor sleepy_new|throws_up"),
    ("acute_neuro_decline", _NG127, f"als {_WEAK_BREATH}"),
    ("acute_neuro_decline", _NG127, f"multiple_sclerosis legs_not_obeying|limb_not_answering {_LATELY}"),
    ("progressive_weakness", _MND, "muscle_wasting muscle_flicker|strength_going|b7300|b7301"),
    ("progressive_weakness", _MND, "muscle_flicker strength_going|clumsy_hands|fine_finger_trouble"),
    ("progressive_weakness", _MND, "strength_going|stairs_or_chair_fail month_by_month|getting_worse"),
    ("progressive_weakness", _MND, "head_falls_forward|muscle_wasting month_by_month|getting_worse"),
    ("foot_drop_new", _FOOT, f"foot_drags {_LATELY}|pressed_leg_long|{_BACK}"),
    ("autonomic_dysreflexia", _CORD_CARE, f"{_CORD} storm_signs|head_bangs|drain_blocked|head_pounds|spots_in_sight"),
    ("baclofen_withdrawal", _PUMP, f"{_BACLOFEN} dose_gone|missed_medicine|pump_alarms|spasms_wild"),
    ("baclofen_withdrawal", _PUMP, "pump_alarms spasms_wild|fever"),
    ("first_seizure", _SEIZURE, f"{_FIT} no_memory|wet_self|came_to_on_floor|blackout|fit_word"),
    ("first_seizure", _SEIZURE, "seizure_any|fit_word never_before|no_memory|head_knock"),
    ("first_seizure", _SEIZURE, "body_jerked|tongue_bitten went_stiff|eyes_rolled|froth"),
    ("first_seizure", _SEIZURE, "went_stiff eyes_rolled|froth"),
    ("prolonged_seizure", _SEIZURE, "seizure_any|fit_word|body_jerked many_minutes"),
    ("prolonged_seizure", _SEIZURE, "seizure_any|fit_word|body_jerked not_coming_round"),
    ("prolonged_seizure", _SEIZURE, "rescue_given body_jerked|seizure_any|many_minutes"),
    ("prolonged_seizure", _SEIZURE, f"many_seizures {_LATELY}|said_now|not_coming_round"),
    ("blackout", _FAINT, "came_to_on_floor no_memory|nearly_fainted"),
    ("delirium", _DELIR, f"{_MIND} {_LATELY}|said_now|infection_now|recent_operation|fever|sleepy_new"),
    ("missing_person_dementia", _MISSING, "memory_fails|dementia not_found"),
    ("missing_person_dementia", _MISSING, "memory_fails|dementia went_out_alone cannot_find_them"),
    ("new_tremor", _NG127, f"{_SHAKES} {_LATELY}|weeks_or_months|said_now"),
)

COMBINATIONS = rules(_ROWS)
