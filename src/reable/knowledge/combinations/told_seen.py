"""When signs alarm together, as people mention them beside another request: our own inferences, unchecked (S7)."""

from reable.knowledge.rules import judged, rules

_POISON = judged("emedicinehealth-poisoning", "When to seek medical care")
_PRESSED = judged("boast-compartment-syndrome", "Standards for Practice")
_HOME = judged("uspstf-ipv-2018", "Screening Tests; Treatments and Interventions")
_FLOOR = judged("bcuhb-long-lie", "Long lie falls")
_JOINT = judged("bsr-hot-swollen-joint", "Symptoms and signs suggestive of septic arthritis")
_SURGERY = judged("northern-light-surgery", "Call your surgeon if you have")
_SKILLS = judged("raisingchildren-regression", "About developmental regression")
_PLAN = judged("acep-suicide-signs", "Know the risk factors and warning signs")
_STROKE = judged("nih-seniorhealth-stroke", "What are the warning signs of stroke")
_CES = judged("cornwall-rms-back", "Red flags, cauda equina")
_HEADACHE = judged("becker-headache-2015", "table of red flags")
_ACS = judged("nice-cg95", "1.2.1 Symptoms that may indicate an ACS")
_BONES = judged("nidirect-broken-bones", "When to seek medical help")
_HEEL = judged("nhs-fife-achilles", "What are the symptoms?")
_CAST = judged("nca-casts", "Report immediately if")
_MSCC = judged("acute-oncology-mscc", "page 3, warning signs")
_FAINT = judged("rogers-blackouts-2010", "key points")
_BABY = judged("nhs-baby-seriously-ill", "Signs of serious illness in a baby or toddler")
_PREGNANT = judged("nhs-pre-eclampsia", "Further symptoms")
_LIMP = judged("rcht-limp-2021", "Red and amber features")
_PE = judged("nice-ng158", "PE Wells score")

_A_CHILD = "child|a_child_told|baby"
_DULL = "talks_oddly_or_dull|sleepy_new|very_drowsy|very_sleepy|sleepy_floppy"
_HEAD_HURTS = "head_hurts_bad|head_pain_bad|headache_any|light_hurts|stiff_neck"
_BACK_OPENED = "needle_in_back|spinal_fusion"
_LOADED = "in_sport_now|exercise_or_load|periods_stopped|osteoporosis"
_BACK_HURTS = "b28013|upper_back_pain|back_trouble|spine_sore"
_HIP_HURTS = "hip_or_groin_pain|hip_trouble_now|groin_named"

_ROWS = (
    ("pulmonary_embolism", _PE, "leg_clot_look|calf_swelling|one_leg_big heart_going|heart_racing|went_out"),
    ("overdose_poisoning", _POISON, f"{_A_CHILD} street_or_opioid {_DULL}|swallowed_it|child_got_pills"),
    ("overdose_poisoning", _POISON, f"child_got_pills {_DULL}"),
    ("compartment_syndrome", _PRESSED, "hard_like_wood hard_crash|broken_or_crushed|recent_injury"),
    ("grave_harm_at_home", _HOME, "locked_in_room phone_taken|a_partner|secrecy|fear_at_home|hits_or_throws"),
    ("fall_cannot_get_up_or_long_lie", _FLOOR, "on_the_floor adult_gone|nobody_till"),
    ("septic_joint", _JOINT, "joint_hot_told|joint_red_told|hot_swollen_joint uncontrolled_shaking|shaking_cold"),
    ("septic_joint", _JOINT, "joint_hot_told cannot_bear_touch|recent_operation pale_sweaty_shaky|shakes_now"),
    ("post_operative_emergency", _SURGERY, f"{_BACK_OPENED} fluid_comes_out|dressing_soaked {_HEAD_HURTS}"),
    ("child_loses_skills_fast", _SKILLS, f"{_A_CHILD}|baby_things skill_gone passes_no_urine|legs_not_obeying"),
    ("child_loses_skills_fast", _SKILLS, "baby|baby_things skill_gone began_today|began_now"),
    ("baby_very_ill", _BABY, "baby|baby_things|crawls_only skill_gone|legs_not_obeying passes_no_urine"),
    ("baby_very_ill", _BABY, "baby|newborn_said|baby_things limp_weak skill_gone|not_feeding|began_today|began_now"),
    (
        "heart_attack_signs",
        _ACS,
        "heart_racing gray_or_pale_face went_out|blank_spell|breathless|cold_sweat|chest_touched",
    ),
    ("preeclampsia", _PREGNANT, "weeks_along|pregnant head_hurts_bad|head_bangs|head_pain_bad vision_sparkles"),
    ("suicide_plan", _PLAN, "weapon_told ending_prepared|no_future|wants_to_be_gone|feels_hopeless"),
    ("stroke_signs", _STROKE, "new_slurred_speech|speech_off clumsy_hands|arm_gone"),
    ("tia_resolved", _STROKE, "over_quickly speech_off|new_slurred_speech"),
    ("cauda_equina", _CES, "seat_numb low_back_pain|bladder_trouble"),
    ("thunderclap_headache", _HEADACHE, "sudden_onset|in_seconds head_bangs|head_hurts_bad stiff_neck|neck_like_board"),
    ("heart_attack_signs", _ACS, "between_blades|upper_back_pain cold_sweat|drenched feels_sick|breathless|been_sick"),
    ("achilles_rupture", _HEEL, "no_push_off heel_gap|hit_from_behind|loud_pop"),
    ("fracture_suspected", _BONES, "bone_tender had_a_fall|recent_injury"),
    ("fracture_suspected", _BONES, f"cannot_hop {_HIP_HURTS} {_LOADED}"),
    ("tight_cast", _CAST, "cast_on cast_hurts|digits_bad|digits_swollen|finger_fat_told"),
    ("spinal_pain_with_cancer", _MSCC, f"cancer {_BACK_HURTS} night_pain|worst_at_night|weight_loss"),
    ("blackout", _FAINT, "no_memory|went_out|out_or_blank floor_of_room|came_to_on_floor had_a_fall"),
    ("child_limp", _LIMP, "child|a_child_told limps|hobbles|child_will_not_walk cannot_bear_weight"),
)

COMBINATIONS = rules(_ROWS)
