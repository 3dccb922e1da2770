"""When signs of the body alarm together, as strangers tell them in passing: our own inferences, unchecked (S7)."""

from reable.knowledge.rules import judged, rules

_ACS = judged("nice-cg95", "1.2.1 Symptoms that may indicate an ACS")
_AIR = judged("nhs-shortness-of-breath", "Call 999 or go to A&E")
_DVT = judged("nice-ng158", "Table 1, two-level DVT Wells score")
_PAD = judged("nhs-pad", "Symptoms")
_STROKE = judged("nih-seniorhealth-stroke", "What are the warning signs of stroke")
_BLOW = judged("cdc-concussion-danger", "Danger signs and symptoms of a concussion")
_GBS = judged("mayo-gbs", "When to see a doctor")
_NG127 = judged("nice-ng127", "limb or facial weakness; tremor")
_DCM = judged("myelopathy-org-symptoms", "Frequent symptoms")
_MISSING = judged("brightfocus-missing", "Do not wait")
_DRINK = judged("au-alcohol-withdrawal", "Seizures; delirium")
_NO_BENZO = judged("fda-2020-benzodiazepines", "Safety announcement")
_STEROID = judged("adshg-adrenal-emergency", "Recognising and responding")
_PUMP = judged("fda-itb-boxed-warning", "abrupt discontinuation")
_DKA = judged("nhs-dka", "Advanced symptoms; when to seek medical advice")
_DRUG = judged("nhs-anticoagulants", "Excessive bleeding; other side effects")
_PRESSED = judged("boast-compartment-syndrome", "Standards for Practice")
_JET = judged("sydney-hand-injection", "High Pressure Injection Injuries")
_SHEATH = judged("msd-flexor-tenosynovitis", "Kanavel signs")
_SORE = judged("nhs-wales-pressure-ulcers", "Ask for an urgent appointment")
_HIP = judged("bmj-bp-hip-fracture", "Recommendations: Key")
_ANKLE = judged("queensu-ottawa-ankle", "Ottawa ankle rules")
_HEEL = judged("nhs-fife-achilles", "What are the symptoms?")
_SURGERY = judged("northern-light-surgery", "Call your surgeon if you have")
_MOTHER = judged("cdc-hear-her", "Urgent maternal warning signs")
_VCF = judged("altru-compression-fracture", "whole page")

_HEART_PAIN = "jaw_ache|spreads_to_jaw|b28011|pressed_down|exertion_pain"
_EFFORT = "on_exertion|climbing_stairs_effort|hurrying_or_hill"
_HEAD_HIT = "head_hit_more|head_knock"
_OLD = "older_person|said_old_age|over_sixty|number_over_sixty|old_age_told|osteoporosis|a_grandparent"
_THIN = "older_person|old_age_told|osteoporosis|steroids"
_LATELY = "began_lately|sudden_onset|was_fine_lately"
_HIP_HURTS = "hip_or_groin_pain|hip_trouble_now"
_QUIT = "quit_alcohol|no_alcohol_now"
_GAP = "dose_gone|medicine_gap|missed_medicine"
_STIFF = "far_stiffer|spasms_wild"
_DIZZY = "b2401|vestibular_disorder"
_INFLAMED = "finger_fat_told|finger_red_told|finger_throbs_told"

_ROWS = (
    ("heart_attack_signs", _ACS, f"{_HEART_PAIN} effort_sooner"),
    ("heart_attack_signs", _ACS, f"jaw_ache|spreads_to_jaw|shoulder_or_arm_ache breathless|puffed_at_little {_EFFORT}"),
    ("fragile_spine_fracture", _VCF, f"small_jolt spine_sore|b28013 {_THIN} said_now|woke_with_it|began_today"),
    ("fragile_spine_fracture", _VCF, f"small_jolt spine_sore|b28013 said_old_age {_LATELY}|woke_with_it|said_now"),
    ("fragile_spine_fracture", _VCF, "spine_crunch steroids|osteoporosis"),
    ("fragile_spine_fracture", _VCF, f"spine_crunch older_person|old_age_told {_LATELY}|back_trouble|spine_sore"),
    ("severe_breathlessness", _AIR, "few_words odd_color|limb_color_change|copd"),
    ("blood_clot_leg", _DVT, "one_leg_big swollen_huge began_today, one_leg_big getting_worse began_lately"),
    ("leg_pain_walking_rest_eases", _PAD, "leg_muscle_pain|calf_sore_any walk_distance d4501"),
    ("stroke_signs", _STROKE, f"{_DIZZY} arm_gone began_lately|leg_cannot_stand, {_DIZZY} leg_cannot_stand not_back"),
    ("sudden_limb_weakness", _STROKE, "leg_gone|arm_gone not_back|was_fine_lately"),
    ("sudden_limb_weakness", _STROKE, "weak_legs|limb_weak_words|limb_dead not_back"),
    ("tia_resolved", _STROKE, "over_quickly limb_weak_words+sudden_onset|limb_weak_words+began_lately"),
    ("head_injury", _BLOW, f"{_HEAD_HIT} been_sick|cannot_keep_down|throws_up"),
    ("head_injury", _BLOW, f"{_HEAD_HIT} very_drowsy|very_sleepy|sleepy_new|out_or_blank"),
    ("guillain_barre", _GBS, "tingling_hands_feet|spreads_upward stairs_or_chair_fail|arm_gone breathless"),
    ("guillain_barre", _GBS, "tingling_hands_feet|spreads_upward limb_weak_words|strength_going breathless"),
    ("acute_neuro_decline", _NG127, "brain_shunt headache_changed|head_hurts_bad|headache_any|very_drowsy|very_sleepy"),
    ("acute_neuro_decline", _NG127, "brain_shunt wet_self|stiff_or_drunken_walk|been_sick|confused"),
    (
        "acute_neuro_decline",
        _NG127,
        "parkinson|multiple_sclerosis had_a_fall swallow_off+in_days|swallow_off+began_lately",
    ),
    ("acute_neuro_decline", _NG127, "mind_going_fast fit_or_jerks|body_jerked|unsteady_walking|sees_the_absent|b176"),
    ("cervical_cord_signs", _DCM, "fine_finger_trouble stiff_or_drunken_walk|far_stiffer"),
    ("cord_signs_stable", _DCM, "fine_finger_trouble stiff_or_drunken_walk far_stiffer|brisk_reflexes"),
    ("missing_person_dementia", _MISSING, "memory_fails|dementia went_out_alone|cannot_find_them not_found"),
    ("alcohol_withdrawal", _DRINK, f"{_QUIT} drenched|cold_sweat|sees_the_absent|sees_things|unseen_talk|heart_going"),
    ("alcohol_withdrawal", _DRINK, f"{_QUIT} heart_racing|shakes_now|fit_or_jerks"),
    ("alcohol_withdrawal", _NO_BENZO, f"sedative_pills {_GAP} shakes_now|shakes_any|confused|drenched|sees_the_absent"),
    ("alcohol_withdrawal", _NO_BENZO, "sedative_pills critical_medicine_missed shakes_now|confused|mind_off"),
    ("adrenal_crisis", _STEROID, "needs_steroids critical_medicine_missed began_lately"),
    ("baclofen_withdrawal", _PUMP, f"pump_alarms itches_badly|{_STIFF}|b735"),
    ("baclofen_withdrawal", _PUMP, f"spasm_pump {_GAP} {_STIFF}|itches_badly|shakes_now|confused"),
    ("baclofen_withdrawal", _PUMP, "spasm_pump dose_gone|missed_medicine"),
    ("blood_sugar_crisis", _DKA, "meter_says huge_thirst|mind_off|throws_up|been_sick|very_drowsy|breathes_fast"),
    (
        "medicine_reaction",
        _DRUG,
        "quinolone_taken tendons_hurt|loud_pop|crack_heard|plantar_fasciitis|seat_or_heel_sore",
    ),
    ("achilles_rupture", _HEEL, "no_push_off loud_pop|hit_from_behind|muscle_strain"),
    ("compartment_syndrome", _PRESSED, "hard_like_wood worst_pain_ever|stretch_hurts|pain_pills_do_nothing"),
    ("compartment_syndrome", _PRESSED, "hard_like_wood hurts_bad_now in_sport_now|struck_word|had_a_fall"),
    ("high_pressure_injection", _JET, "pressure_tool hand_or_finger_named finger_poked|swollen_high_hard"),
    ("flexor_sheath_infection", _SHEATH, f"finger_poked straighten_finger_hurts|agony_to_straighten|{_INFLAMED}"),
    ("pressure_sore_infected", _SORE, "pressure_sore|seat_or_heel_sore skin_hot_told|wound_weeps|fluid_comes_out"),
    ("older_fall_groin_pain", _HIP, f"{_OLD} small_jolt {_HIP_HURTS}|groin_named"),
    ("older_fall_groin_pain", _HIP, f"{_OLD} had_a_fall {_HIP_HURTS}"),
    ("fracture_suspected", _ANKLE, "bruised_and_swollen leg_cannot_stand|hops_or_crawls, hard_crash leg_cannot_stand"),
    ("fracture_suspected", _ANKLE, "recent_injury|broken_or_crushed leg_cannot_stand began_lately|bruised_and_swollen"),
    ("post_operative_emergency", _SURGERY, "recent_operation limb_goes_numb|b265 swollen_huge|finger_fat_told"),
    ("pregnancy_bleeding_or_waters", _MOTHER, "weeks_along bleeds_plain began_today|open_wound_now"),
    ("sudden_vision_loss", _STROKE, "eye_halos been_sick|throws_up|cannot_keep_down|hurts_bad_now"),
)

COMBINATIONS = rules(_ROWS)
