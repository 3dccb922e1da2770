"""When small signs of infection, of a wound or of a hurt hand alarm together (S7).

Rows: flag, source, groups. Of each group one sign of each word must be said; `|` parts the signs that may stand there.
"""

from reable.knowledge.rules import read, rules, told

_SEPSIS = told("uk-sepsis-trust-signs", "Signs in adults and children")
_CHEMO = read("christie-infection-fever", "Signs of an infection")
_GRAFT = read("northwestern-transplant-infection", "Symptoms")
_JOINT = told("bsr-hot-swollen-joint", "Symptoms and signs suggestive of septic arthritis")
_NEW_JOINT = read("utah-joint-infection", "Symptoms of infection")
_OPEN = read("healthgrades-wound-reopens", "What to Do When a Surgical Wound Opens")
_LYMPH = read("lsn-cellulitis", "How can I recognise cellulitis; what should I do")
_SKIN = told("nhs-cellulitis", "Symptoms")
_FOOT = told("nice-ng19", "1.4 Diabetic foot problems: referral")
_SORE = read("nhs-wales-pressure-ulcers", "Ask for an urgent appointment")
_SHEATH = read("msd-flexor-tenosynovitis", "Kanavel signs")
_BITE = read("nidirect-bites", "When to seek medical help")
_FIST = read("fife-hand-fight-bite", "What are the symptoms?; How is a fight bite treated?")
_BONE = read("northwestern-osteomyelitis", "Symptoms")
_PRESSURE = read("sydney-hand-injection", "High Pressure Injection Injuries")
_CUT = read("wbj-flexor-tendon", "Symptoms; First Aid")
_TOOTH = read("nhs-wales-face-swelling", "Swellings that need a visit to A&E")

_ILL = "fever|fluish|uncontrolled_shaking"
_INFECTED = "infection_now|infection_told|spreading_skin_infection|pressure_sore_infected"
_GRAVE = "confused|very_sleepy|passes_no_urine|breathes_fast|skin_mottled_or_icy|low_blood_pressure_told"
_WEEPS = "pus_or_smell|fluid_comes_out|smells_rotten"
_RED = "red_hot_skin|skin_red_told|skin_hot_told"
_SURGERY = "recent_operation|operation_or_stitches"
_SUGAR = "diabetes|takes_insulin"
_LYMPH_LIMB = "lymphedema_limb|lymph_limb_told"

_ROWS = (
    ("sepsis", _SEPSIS, f"{_INFECTED} {_GRAVE}, {_INFECTED} uncontrolled_shaking, {_ILL} {_GRAVE}"),
    ("sepsis", _SEPSIS, "uncontrolled_shaking heart_racing|feels_very_ill, skin_mottled_or_icy|confused breathes_fast"),
    ("sepsis", _SEPSIS, "fever|temp_high|fever_number mind_off|out_or_blank|talks_oddly_or_dull|lost_place_or_time"),
    ("sepsis", _SEPSIS, f"temp_high|fever_number {_GRAVE}"),
    ("sepsis", _SEPSIS, "passes_no_urine low_blood_pressure_told|confused|skin_mottled_or_icy|very_sleepy"),
    ("sepsis", _SEPSIS, "shaking_cold breathes_fast|skin_mottled_or_icy|low_blood_pressure_told"),
    ("sepsis", _SEPSIS, f"{_INFECTED} mixes_up_people|shaking_cold+very_drowsy"),
    ("chemo_fever", _CHEMO, f"chemo_now|chemo_told|low_white_cells {_ILL}, cancer uncontrolled_shaking|fluish"),
    ("chemo_fever", _CHEMO, "chemo_now|chemo_told|cancer line_or_port red_hot_skin|skin_red_told|fluid_comes_out"),
    ("dialysis_or_transplant_fever", _GRAFT, f"dialysis_or_transplant|graft_told|weak_immunity {_ILL}"),
    ("dialysis_or_transplant_fever", _GRAFT, f"dialysis_or_transplant|graft_told line_or_port {_WEEPS}|{_RED}"),
    ("dialysis_or_transplant_fever", _GRAFT, f"fistula_named buzz_gone|{_WEEPS}|{_RED}"),
    ("dialysis_or_transplant_fever", _GRAFT, "missed_session dialysis_or_transplant|graft_told"),
    ("hot_swollen_joint", _JOINT, "joint_very_big|swollen_joint joint_hot_told|joint_red_told|cannot_bear_touch"),
    ("hot_swollen_joint", _JOINT, "joint_red_told|joint_hot_told cannot_bear_touch, joint_red_told joint_hot_told"),
    ("septic_joint", _JOINT, "joint_hot_told|joint_red_told fever|uncontrolled_shaking"),
    ("joint_surgery_wound_infection", _NEW_JOINT, f"joint_replacement|new_joint_told {_WEEPS}|{_ILL}|{_RED}"),
    ("joint_surgery_wound_infection", _NEW_JOINT, "joint_replacement|new_joint_told joint_red_told"),
    (
        "joint_surgery_wound_infection",
        _NEW_JOINT,
        f"{_SURGERY} wound_or_scar_named {_WEEPS}|red_hot_skin|skin_hot_told",
    ),
    ("wound_opening_after_surgery", _OPEN, f"{_SURGERY} wound_or_scar_named|wound_gapes {_WEEPS}"),
    ("wound_opening_after_surgery", _OPEN, f"{_SURGERY}|new_joint_told wound_gapes, wound_or_scar_named wound_gapes"),
    ("lymphedema_cellulitis", _LYMPH, f"{_LYMPH_LIMB} {_RED}|{_ILL}, {_LYMPH_LIMB} rash|insect_bite_told"),
    (
        "spreading_skin_infection",
        _SKIN,
        "red_hot_skin|skin_red_told|insect_bite_told|skin_broken_told|boil_told grows_past_line",
    ),
    ("spreading_skin_infection", _SKIN, f"insect_bite_told|skin_broken_told|boil_told {_WEEPS}|skin_hot_told"),
    ("spreading_skin_infection", _SKIN, f"leg_red_or_warm {_ILL}"),
    ("spreading_skin_infection", _SKIN, f"boil_told {_ILL}, skin_broken_told red_hot_skin"),
    ("diabetic_foot", _FOOT, f"{_SUGAR} foot_damage_told, fingers_or_toes_numb_or_blue foot_damage_told"),
    ("diabetic_foot", _FOOT, "sugar_patient foot_sore|foot_damage_told"),
    ("spreading_skin_infection", _SKIN, f"foot_sore {_WEEPS}|{_ILL}"),
    (
        "pressure_sore_infected",
        _SORE,
        f"pressure_sore|seat_or_heel_sore {_WEEPS}|{_ILL}|skin_black_told|deep_hole_told",
    ),
    ("pressure_sore_infected", _SORE, "lies_or_sits_all_day|seat_named fluid_comes_out|smells_rotten|skin_black_told"),
    ("pressure_sore_infected", _SORE, "seat_named deep_hole_told"),
    ("flexor_sheath_infection", _SHEATH, "finger_fat_told|finger_red_told|finger_throbs_told finger_poked"),
    (
        "flexor_sheath_infection",
        _SHEATH,
        "finger_fat_told finger_throbs_told|finger_red_told, finger_red_told finger_throbs_told",
    ),
    ("flexor_sheath_infection", _SHEATH, "agony_to_straighten finger_fat_told|finger_red_told|finger_poked"),
    ("flexor_sheath_infection", _SHEATH, "straighten_finger_hurts finger_poked|finger_throbs_told"),
    ("human_or_animal_bite_hand", _BITE, "animal_or_person_bit hand_or_finger_named|knuckle_cut"),
    (
        "knuckle_bite",
        _FIST,
        "hit_a_mouth hand_or_finger_named|knuckle_cut, fist_fight teeth_named hand_or_finger_named",
    ),
    ("knuckle_bite", _FIST, "fist_fight knuckle_cut"),
    ("bone_infection", _BONE, f"metal_in_bone|stump_named|osteomyelitis_before {_WEEPS}|{_RED}|fever"),
    ("bone_infection", _BONE, f"deep_bone_ache {_ILL}"),
    ("high_pressure_injection", _PRESSURE, "pressure_tool shot_into_skin"),
    (
        "cut_finger_no_bend_or_feel",
        _CUT,
        "hand_cut_told|cut_hand_or_finger finger_fails_told|finger_will_not_move_or_feel",
    ),
    ("tooth_jaw_infection_spreading", _TOOTH, f"bad_tooth_told face_or_neck_blown_up|swallow_hurts_or_drools|{_ILL}"),
    ("tooth_jaw_infection_spreading", _TOOTH, "face_or_neck_blown_up mouth_will_not_open|swallow_hurts_or_drools"),
    ("tooth_jaw_infection_spreading", _TOOTH, f"mouth_will_not_open {_ILL}"),
)

COMBINATIONS = rules(_ROWS)
