"""When signs of medicines, metabolism, bleeding, belly, lumps and joints alarm together (S7), told as strangers do."""

from reable.knowledge.rules import read, rules, told

_THIN = read("ashp-apixaban", "Warnings: stopping apixaban")
_NO_STEROID = read("dmdcare-adrenal", "Never stop steroids suddenly")
_NO_BENZO = read("fda-2020-benzodiazepines", "Safety announcement")
_BLEEDS = read("nhs-anticoagulants", "Excessive bleeding; other side effects")
_POISON = read("emedicinehealth-poisoning", "When to seek medical care")
_DRINK = read("au-alcohol-withdrawal", "Seizures; delirium")
_PUMP = told("fda-itb-boxed-warning", "abrupt discontinuation")
_STEROID = read("adshg-adrenal-emergency", "Recognising and responding")
_DKA = told("nhs-dka", "Advanced symptoms; when to seek medical advice")
_HYPO = read("dynamo-diabetic-emergency", "What to do; when to call")
_GUT = read("nhs-wales-vomiting-blood", "Call 999 or go to A&E if")
_BELLY = read("portsmouth-stomach-ache", "Red list")
_TESTICLE = read("urmc-testicular-torsion", "Testicular torsion")
_THINNER = told("nice-ng12", "Non-site-specific symptoms: unexplained weight loss")
_LUMP = read("fadavis-red-flags", "Early warning cancer signs")
_JOINTS = read("york-inflammatory-arthritis", "Red flag symptoms")

_ROWS = (
    ("critical_medicine_missed", _THIN, "medicine_gap blood_thinner|must_not_miss"),
    ("critical_medicine_missed", _NO_STEROID, "medicine_gap steroids|needs_steroids|polymyalgia"),
    ("critical_medicine_missed", _DKA, "medicine_gap takes_insulin|dialysis_or_transplant"),
    ("medicine_reaction", _BLEEDS, "recent_drug_change drug_rash|dizzy_on_standing|sleeps_all_day"),
    ("medicine_reaction", _BLEEDS, "recent_drug_change sees_things|rash"),
    ("medicine_reaction", _BLEEDS, "recent_drug_change liver_or_muscle_urine|muscles_gone|tendons_hurt|limp_weak"),
    ("medicine_reaction", _BLEEDS, "new_medicine dizzy_on_standing|sleeps_all_day|sees_things|drug_rash"),
    ("medicine_reaction", _BLEEDS, "blood_thinner bruises_from_nothing"),
    ("overdose_poisoning", _POISON, "cleaning_poison swallowed_it"),
    ("overdose_poisoning", _POISON, "fuel_burner all_in_house_ill"),
    ("overdose_poisoning", _POISON, "street_or_opioid barely_breathing"),
    ("overdose_poisoning", _POISON, "took_too_many sleeps_all_day|barely_breathing|cannot_keep_down"),
    ("overdose_poisoning", _POISON, "farm_poison drenched|fit_or_jerks|cannot_keep_down|limp_weak|mind_off"),
    ("overdose_poisoning", _POISON, "farm_poison breathless|sight_going|swallow_hurts_or_drools|confused|head_bangs"),
    ("overdose_poisoning", _POISON, "cleaning_poison a_child_told+swallow_hurts_or_drools|child_got_pills"),
    ("overdose_poisoning", _POISON, "cleaning_poison a_child_told+throws_up|a_child_told+breathless"),
    ("overdose_poisoning", _POISON, "fuel_burner head_bangs+limp_weak|head_bangs+cannot_keep_down|head_bangs+mind_off"),
    (
        "overdose_poisoning",
        _POISON,
        "fuel_burner barely_breathing|not_coming_round+head_hurts_bad|woke_with_it+head_hurts_bad",
    ),
    ("alcohol_withdrawal", _DRINK, "no_alcohol_now shakes_now|sees_things|fit_or_jerks|heart_going"),
    ("alcohol_withdrawal", _DRINK, "no_alcohol_now drenched|confused"),
    ("alcohol_withdrawal", _NO_BENZO, "sedative_pills medicine_gap+shakes_now|medicine_gap+fit_or_jerks"),
    ("alcohol_withdrawal", _NO_BENZO, "sedative_pills medicine_gap+sees_things|medicine_gap+drenched"),
    ("baclofen_withdrawal", _PUMP, "spasm_pump box_beeps|refill_missed|medicine_gap+far_stiffer"),
    ("baclofen_withdrawal", _PUMP, "spasm_pump far_stiffer+temp_high|far_stiffer+itches_badly"),
    ("baclofen_withdrawal", _PUMP, "refill_missed far_stiffer|itches_badly+temp_high"),
    ("baclofen_withdrawal", _PUMP, "medicine_gap spasm_pump+itches_badly|spasm_pump+drenched"),
    ("baclofen_withdrawal", _PUMP, "spasm_pump itches_badly+temp_high|medicine_gap+sees_things"),
    ("adrenal_crisis", _STEROID, "needs_steroids cannot_keep_down|limp_weak|very_low_pressure|temp_high"),
    ("adrenal_crisis", _STEROID, "needs_steroids sleeps_all_day|medicine_gap+sharp_illness_on_steroids|confused"),
    ("adrenal_crisis", _STEROID, "steroids very_low_pressure|cannot_keep_down+limp_weak|medicine_gap+limp_weak"),
    ("blood_sugar_crisis", _HYPO, "sugar_patient mind_off|barely_breathing|insulin_without_food"),
    ("blood_sugar_crisis", _HYPO, "insulin_without_food pale_sweaty_shaky|mind_off"),
    ("blood_sugar_crisis", _HYPO, "meter_says cannot_keep_down|mind_off|sleeps_all_day|pale_sweaty_shaky"),
    ("blood_sugar_crisis", _DKA, "sugar_patient deep_fast_breaths|huge_thirst+sleeps_all_day"),
    ("blood_sugar_crisis", _DKA, "huge_thirst cannot_keep_down|clothes_fall_off|deep_fast_breaths"),
    ("blood_sugar_crisis", _DKA, "takes_insulin cannot_keep_down|medicine_gap+huge_thirst"),
    ("vomiting_blood_black_stool", _GUT, "brought_up coffee_or_red"),
    ("vomiting_blood_black_stool", _GUT, "stool_word tar_like"),
    ("acute_abdomen", _BELLY, "belly_hurts belly_alarm|bowel_stopped|belly_blown+cannot_keep_down|temp_high"),
    ("acute_abdomen", _BELLY, "belly_blown bowel_stopped|belly_alarm|cannot_keep_down"),
    ("acute_abdomen", _BELLY, "bowel_stopped cannot_keep_down"),
    ("acute_abdomen", _BELLY, "hernia_word stuck_out_hard"),
    ("testicular_torsion", _TESTICLE, "privates_word hurts_bad_now|swollen_high_hard"),
    ("testicular_torsion", _TESTICLE, "down_there cannot_keep_down|belly_alarm"),
    ("weight_loss_night_pain", _THINNER, "clothes_fall_off worst_at_night|not_trying|off_food|wet_nightclothes"),
    ("weight_loss_night_pain", _THINNER, "off_food worst_at_night|wet_nightclothes"),
    ("weight_loss_night_pain", _THINNER, "wet_nightclothes worst_at_night"),
    ("cancer_lump_or_bleeding", _LUMP, "a_lump a_lump_grows|cancer"),
    ("inflammatory_joints", _JOINTS, "joints_hot_puffy morning_long|for_weeks_now|psoriasis_or_family"),
    ("inflammatory_joints", _JOINTS, "morning_long young_stiff_back|both_girdles"),
    (
        "alcohol_withdrawal",
        _NO_BENZO,
        "sedative_pills dose_gone+fit_or_jerks|dose_gone+heart_racing|dose_gone+shakes_now",
    ),
    ("alcohol_withdrawal", _NO_BENZO, "sedative_pills medicine_gap+heart_racing|medicine_gap+heart_going"),
    ("overdose_poisoning", _POISON, "took_too_many talks_oddly_or_dull|sleepy_new|street_or_opioid"),
    ("overdose_poisoning", _POISON, "fuel_burner head_bangs+talks_oddly_or_dull|headache_any+sleeps_all_day"),
    ("acute_abdomen", _BELLY, "belly_alarm bowel_stopped"),
    (
        "alcohol_withdrawal",
        _DRINK,
        "heavy_drinking shakes_now+sees_the_absent|shakes_now+sees_things|drenched+shakes_now",
    ),
    (
        "medicine_reaction",
        _BLEEDS,
        "recent_drug_change shakes_now+throws_up|shakes_now+unsteady_walking|cannot_keep_down+shakes_now",
    ),
    ("blood_sugar_crisis", _HYPO, "sugar_patient talks_oddly_or_dull+began_today"),
    ("overdose_poisoning", _POISON, "street_or_opioid talks_oddly_or_dull+tongue_or_lips_huge|took_too_many"),
)

COMBINATIONS = rules(_ROWS)
