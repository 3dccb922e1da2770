"""When signs of the whole body alarm together (S7). Rows: flag, source, groups; all signs of a group must be said."""

from reable.knowledge.rules import read, rules, told

_ACS = told("nice-cg95", "1.2.1 Symptoms that may indicate an ACS")
_ANGINA = told("nice-cg95", "1.3 Features of angina")
_PE = told("nice-ng158", "PE Wells score")
_DVT = read("nice-ng158", "Table 1, two-level DVT Wells score")
_HEART_FAILURE = read("commonspirit-heart-failure-zones", "Yellow zone")
_FAINT = read("cornwall-syncope", "Red flags")
_CHEMO = read("christie-infection-fever", "Signs of an infection")
_EARLY = read("york-inflammatory-arthritis", "Red flag symptoms")
_ALLERGY = read("anaphylaxis-uk-emergency", "Symptoms of anaphylaxis")
_SEPSIS = told("uk-sepsis-trust-signs", "Signs in adults and children")
_GRAFT = read("northwestern-transplant-infection", "Symptoms")
_JOINT = told("bsr-hot-swollen-joint", "Symptoms and signs suggestive of septic arthritis")
_WOUND = read("utah-joint-infection", "Symptoms of infection")
_SORE = read("nhs-wales-pressure-ulcers", "Ask for an urgent appointment")
_SKIN = told("nhs-cellulitis", "Symptoms")
_DEEP = told("nhs-necrotising-fasciitis", "Call 999 or go to A&E")
_STEROID = read("adshg-adrenal-emergency", "Recognising and responding")
_NO_STEROID = read("dmdcare-adrenal", "Never stop steroids suddenly")
_SUGAR = told("nhs-dka", "Advanced symptoms")
_THINNER = read("nhs-anticoagulants", "Excessive bleeding")
_DRINK = read("au-alcohol-withdrawal", "Alcohol withdrawal delirium")
_LIMB = read("devon-acute-limb-ischaemia", "Signs and symptoms")
_GUT = read("nhs-wales-vomiting-blood", "Call 999 or go to A&E if")
_BELLY = read("portsmouth-stomach-ache", "Red list")
_TESTICLE = read("urmc-testicular-torsion", "Testicular torsion")
_WEIGHT = read("fadavis-red-flags", "Other screening clues")

_ROWS = (
    ("heart_attack_signs", _ACS, "shoulder_or_arm_ache breathless cold_sweat, jaw_ache breathless cold_sweat"),
    ("heart_attack_signs", _ACS, "breathless cold_sweat sudden_onset, b28011 cold_sweat, b28011 breathless"),
    ("exertion_pain", _ANGINA, "shoulder_or_arm_ache on_exertion, jaw_ache on_exertion, b28011 on_exertion"),
    ("exertion_pain", _ACS, "shoulder_or_arm_ache cold_sweat, jaw_ache cold_sweat, shoulder_or_arm_ache breathless"),
    ("heart_attack_signs", _ACS, "pressed_down shoulder_or_arm_ache, pressed_down gray_or_pale_face"),
    ("exertion_pain", _ANGINA, "spreads_to_jaw|jaw_ache eases_when_stops hurrying_or_hill|climbing_stairs_effort"),
    ("exertion_pain", _ANGINA, "spreads_to_jaw eases_when_stops|hurrying_or_hill|on_exertion"),
    ("exertion_pain", _ANGINA, "pressed_down hurrying_or_hill|climbing_stairs_effort|on_exertion"),
    ("pulmonary_embolism", _PE, "breathless calf_swelling, breathless clot_before, breathless blood_clot_leg"),
    ("pulmonary_embolism", _PE, "breathless sudden_onset, breathless long_trip_or_bed_rest, breathless in_a_cast"),
    ("pulmonary_embolism", _PE, "breathless heart_racing recent_operation, breathless gave_birth_recently"),
    ("blood_clot_leg", _DVT, "calf_swelling recent_operation, calf_swelling in_a_cast, calf_swelling cancer"),
    ("blood_clot_leg", _DVT, "calf_swelling clot_before, calf_swelling long_trip_or_bed_rest, calf_swelling b28015"),
    ("blood_clot_leg", _DVT, "calf_swelling pregnant, calf_swelling gave_birth_recently, calf_swelling sudden_onset"),
    ("limb_without_blood", _LIMB, "leg_dead_or_white fingers_or_toes_numb_or_blue began_lately|sudden_onset"),
    ("limb_without_blood", _LIMB, "cold_limb sudden_onset, limb_stone_cold began_today"),
    ("heart_failure_weight_gain", _HEART_FAILURE, "fast_weight_gain breathless"),
    ("faint_on_exertion", _FAINT, "nearly_fainted on_exertion, nearly_fainted heart_racing"),
    ("faint_on_exertion", _FAINT, "heart_device nearly_fainted|went_out|blackout"),
    ("anaphylaxis", _ALLERGY, "sting_or_allergen face_or_lips_swelling, sting_or_allergen breathless, rash breathless"),
    ("anaphylaxis", _ALLERGY, "face_or_lips_swelling breathless, face_or_lips_swelling rash"),
    ("sepsis", _SEPSIS, "fever confused, infection_now confused, fever feels_very_ill, infection_now feels_very_ill"),
    ("chemo_fever", _CHEMO, "fever chemo_now, infection_now chemo_now"),
    ("dialysis_or_transplant_fever", _GRAFT, "fever dialysis_or_transplant, fever weak_immunity"),
    ("hot_swollen_joint", _JOINT, "swollen_joint red_hot_skin"),
    ("septic_joint", _JOINT, "swollen_joint fever, hot_swollen_joint fever, hot_swollen_joint feels_very_ill"),
    ("joint_surgery_wound_infection", _WOUND, "recent_operation pus_or_smell, recent_operation fever"),
    ("joint_surgery_wound_infection", _WOUND, "joint_replacement red_hot_skin, joint_replacement fever"),
    (
        "lymphedema_cellulitis",
        read("lsn-cellulitis", "Symptoms"),
        "lymphedema_limb red_hot_skin, lymphedema_limb fever",
    ),
    ("diabetic_foot", told("nice-ng19", "1.4 Referral"), "diabetes foot_sore, takes_insulin foot_sore"),
    ("pressure_sore_infected", _SORE, "pressure_sore pus_or_smell, pressure_sore fever, pressure_sore red_hot_skin"),
    ("spreading_skin_infection", _SKIN, "red_hot_skin pus_or_smell, red_hot_skin fever"),
    ("necrotizing_infection", _DEEP, "red_hot_skin feels_very_ill, spreading_skin_infection confused"),
    ("adrenal_crisis", _STEROID, "steroid_dependent throws_up, steroid_dependent fever, steroid_dependent confused"),
    ("adrenal_crisis", _STEROID, "steroids throws_up, steroid_dependent nearly_fainted"),
    ("blood_sugar_crisis", _SUGAR, "takes_insulin confused, takes_insulin throws_up, diabetes throws_up"),
    ("blood_sugar_crisis", _SUGAR, "diabetes|takes_insulin|sugar_patient shakes_now drenched|cold_sweat"),
    ("critical_medicine_missed", read("ashp-apixaban", "Warnings"), "missed_medicine blood_thinner"),
    ("critical_medicine_missed", _NO_STEROID, "missed_medicine steroids, missed_medicine steroid_dependent"),
    ("critical_medicine_missed", _SUGAR, "missed_medicine takes_insulin, missed_medicine dialysis_or_transplant"),
    ("medicine_reaction", _THINNER, "blood_thinner easy_bleeding, new_medicine rash, new_medicine nearly_fainted"),
    ("severe_skin_reaction", told("nhs-stevens-johnson", "Symptoms"), "new_medicine rash fever"),
    ("alcohol_withdrawal", _DRINK, "quit_alcohol confused, quit_alcohol shakes_any, quit_alcohol b7651"),
    ("vomiting_blood_black_stool", _GUT, "tar_like dizzy_on_standing|nearly_fainted|gray_or_pale_face|blood_thinner"),
    ("bleeding_on_blood_thinners", _THINNER, "blood_thinner much_red_below|blood_coughed|heavy_bleed_after"),
    ("acute_abdomen", _BELLY, "belly_alarm one_side_pain_below temp_high|throws_up|fever"),
    ("testicular_torsion", _TESTICLE, "privates_word hard_like_wood|throws_up|feels_sick"),
    ("weight_loss_night_pain", _WEIGHT, "weight_loss night_pain, weight_loss cancer, night_pain cancer"),
    ("cancer_lump_or_bleeding", _WEIGHT, "lump getting_worse, lump cancer, lump night_pain"),
    ("inflammatory_joints", _EARLY, "morning_stiffness swollen_fingers"),
)

COMBINATIONS = rules(_ROWS)
