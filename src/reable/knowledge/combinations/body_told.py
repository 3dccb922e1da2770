"""When signs of the heart, vessels, joints, wounds and injuries alarm together, as strangers tell them (S7)."""

from reable.knowledge.rules import read, rules, told

_AORTA = read("tad-coalition-aortic", "Symptoms of an acute aortic dissection")
_LIMB = read("devon-acute-limb-ischaemia", "Signs and symptoms")
_AIR = told("nhs-shortness-of-breath", "Call 999 or go to A&E")
_HF = read("commonspirit-heart-failure-zones", "Yellow zone")
_FAINT = read("cornwall-syncope", "Red flags")
_DVT = read("nice-ng158", "Table 1, two-level DVT Wells score")
_SEPSIS = told("uk-sepsis-trust-signs", "Signs in adults and children")
_CHEMO = read("christie-infection-fever", "Signs of an infection")
_JOINT = told("bsr-hot-swollen-joint", "Symptoms and signs suggestive of septic arthritis")
_SKIN = told("nhs-cellulitis", "Symptoms")
_LYMPH = read("lsn-cellulitis", "How can I recognise cellulitis; what should I do")
_PRESSED = read("boast-compartment-syndrome", "Standards for Practice")
_BONES = read("nidirect-broken-bones", "When to seek medical help")
_JOINTS = read("skillsshop-dislocations", "Dislocations")
_HIP = read("bmj-bp-hip-fracture", "Recommendations: Key")
_CUT = read("wbj-flexor-tendon", "Symptoms; First Aid")
_SHEATH = read("msd-flexor-tenosynovitis", "Kanavel signs")
_TESTICLE = read("urmc-testicular-torsion", "Testicular torsion")
_DKA = told("nhs-dka", "Advanced symptoms; when to seek medical advice")
_GUT = read("nhs-wales-vomiting-blood", "Call 999 or go to A&E if")
_PRESSURE = read("nhs-pre-eclampsia", "Further symptoms")

_HEART = "heart_weak_more|heart_disease"
_SORE = "pressure_sore|seat_or_heel_sore|pressure_sore_infected"
_HIP_OUT = "hip_trouble_now|cannot_bear_weight|leg_cannot_stand|hops_or_crawls|hip_or_groin_pain"

_ROWS = (
    ("aortic_emergency", _AORTA, "ripped_inside moved_to_back|limb_dead|limb_goes_numb|gray_or_pale_face|worst_ever"),
    ("aortic_emergency", _AORTA, "ripped_inside cold_sweat|went_out|blood_pressure_high_number|worst_pain_ever"),
    ("limb_without_blood", _LIMB, "limb_no_color digits_bad|fingers_or_toes_numb_or_blue was_fine_lately|began_now"),
    ("severe_breathlessness", _AIR, "few_words breathes_hard|blue_lips_more, fights_for_air breathes_hard|few_words"),
    ("severe_breathlessness", _AIR, "copd blue_lips_more+said_now, air_lying_down legs_full_of_water+began_lately"),
    ("heart_failure_weight_gain", _HF, f"{_HEART} weight_up_days|legs_full_of_water"),
    ("heart_failure_weight_gain", _HF, f"{_HEART} puffy_now+air_lying_down"),
    ("faint_on_exertion", _FAINT, "went_out heart_disease, went_out climbing_stairs_effort"),
    ("blood_clot_leg", _DVT, "one_leg_big takes_hormones|skin_hot_told|in_a_cast|cast_on"),
    ("blood_clot_leg", _DVT, "calf_sore_any takes_hormones+leg_red_or_warm|takes_hormones+red_hot_skin"),
    ("sepsis", _SEPSIS, f"{_SORE} fever+mixes_up_people|temp_high+mixes_up_people|fever+mind_off|temp_high+mind_off"),
    ("chemo_fever", _CHEMO, "chemo_told|chemo_now fever_number|temp_high|body_overheated"),
    ("septic_joint", _JOINT, "joint_hot_told|joint_red_told shaking_cold"),
    ("hot_swollen_joint", _JOINT, "finger_poked|skin_broken_told cannot_bear_touch"),
    ("spreading_skin_infection", _SKIN, "grows_past_line skin_red_told|skin_broken_told|skin_hot_told"),
    ("lymphedema_cellulitis", _LYMPH, "lymph_limb_told|lymphedema_limb red_hot_skin|skin_red_told"),
    ("compartment_syndrome", _PRESSED, "overdone_exercise dark_pee|hard_like_wood|liver_or_muscle_urine"),
    ("fracture_suspected", _BONES, "crack_heard bone_deformed|cannot_bear_weight"),
    ("dislocation", _JOINTS, "joint_out guards_limb|bone_deformed|a_lump"),
    ("hip_broken_signs", _HIP, f"leg_turned_or_short had_a_fall {_HIP_OUT}"),
    ("cut_finger_no_bend_or_feel", _CUT, "hand_cut_told finger_fails_told"),
    ("flexor_sheath_infection", _SHEATH, "animal_or_person_bit finger_fat_told|straighten_finger_hurts"),
    ("testicular_torsion", _TESTICLE, "groin_named swollen_high_hard+throws_up|swollen_high_hard+been_sick"),
    ("testicular_torsion", _TESTICLE, "groin_named walks_guarded+throws_up|walks_guarded+been_sick"),
    ("testicular_torsion", _TESTICLE, "privates_word pain_low_in_belly"),
    ("blood_sugar_crisis", _DKA, "takes_insulin huge_thirst+very_sleepy|huge_thirst+limp_weak"),
    ("vomiting_blood_black_stool", _GUT, "much_red_below gray_or_pale_face|dizzy_on_standing|went_out|blood_thinner"),
    (
        "preeclampsia",
        _PRESSURE,
        "blood_pressure_high_number head_bangs|head_pounds spots_in_sight|vision_sparkles puffy_now",
    ),
)

COMBINATIONS = rules(_ROWS)
