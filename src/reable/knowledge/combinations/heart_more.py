"""When more signs of the heart, lungs, vessels, allergy, heat and cold alarm together (S7).

Rows: flag, source, groups; all signs of a group must be said.
"""

from reable.knowledge.shapes.danger import Combination
from reable.knowledge.shapes.source import Checked, Citation


def _at(source: str, at: str, *, told: bool = False) -> Citation:
    return Citation(source=source, at=at, checked=Checked.SECOND_HAND if told else Checked.READ)


_ACS = _at("nice-cg95", "1.2.1 Symptoms that may indicate an ACS", told=True)
_ANGINA = _at("nice-cg95", "1.3 Features of angina", told=True)
_SHOCK = _at("lhch-icd-shock-plan", "What to do when you receive a shock")
_FAINT = _at("cornwall-syncope", "Red flags")
_PE = _at("nice-ng158", "PE Wells score", told=True)
_DVT = _at("nice-ng158", "Table 1, two-level DVT Wells score")
_AORTA = _at("tad-coalition-aortic", "Symptoms of an acute aortic dissection")
_LIMB = _at("devon-acute-limb-ischaemia", "Signs and symptoms")
_PAD = _at("nhs-pad", "Symptoms")
_AIR = _at("nhs-shortness-of-breath", "Call 999 or go to A&E", told=True)
_HF = _at("commonspirit-heart-failure-zones", "Yellow zone")
_ALLERGY = _at("anaphylaxis-uk-emergency", "Symptoms of anaphylaxis")
_HEAT = _at("cdc-heat-illness", "Heat stroke", told=True)
_COLD = _at("nhs-hypothermia", "Symptoms", told=True)

_ROWS = (
    ("heart_attack_signs", _ACS, "gray_or_pale_face cold_sweat, gray_or_pale_face jaw_ache"),
    ("heart_attack_signs", _ACS, "gray_or_pale_face arm_heavy_or_numb, gray_or_pale_face chest_touched"),
    ("heart_attack_signs", _ACS, "gray_or_pale_face indigestion_any, cold_sweat indigestion_any"),
    ("heart_attack_signs", _ACS, "cold_sweat arm_heavy_or_numb, cold_sweat chest_touched"),
    ("heart_attack_signs", _ACS, "pressed_down arm_heavy_or_numb, pressed_down cold_sweat, pressed_down feels_sick"),
    ("heart_attack_signs", _ACS, "pressed_down jaw_ache, pressed_down breathless"),
    ("heart_attack_signs", _ACS, "indigestion_any arm_heavy_or_numb, indigestion_any jaw_ache"),
    ("heart_attack_signs", _ACS, "feels_sick cold_sweat jaw_ache, feels_sick cold_sweat shoulder_or_arm_ache"),
    ("heart_attack_signs", _ACS, "feels_sick cold_sweat chest_pain_at_rest, feels_sick arm_heavy_or_numb cold_sweat"),
    ("heart_attack_signs", _ACS, "throws_up cold_sweat jaw_ache"),
    ("heart_attack_signs", _ACS, "chest_touched breathless, chest_pain_at_rest arm_heavy_or_numb"),
    ("heart_attack_signs", _ACS, "chest_pain_at_rest cold_sweat"),
    ("heart_attack_signs", _ACS, "chest_pain_at_rest gray_or_pale_face, chest_pain_at_rest breathless"),
    ("heart_attack_signs", _ACS, "chest_pain_at_rest jaw_ache, chest_pain_at_rest feels_sick"),
    ("heart_attack_signs", _ACS, "nitro_taken no_relief, nitro_taken pressed_down, nitro_taken cold_sweat"),
    ("heart_attack_signs", _ACS, "jaw_ache cold_sweat back_pain_strong"),
    ("exertion_pain", _ANGINA, "jaw_ache hurrying_or_hill, throat_tight_any hurrying_or_hill"),
    ("exertion_pain", _ANGINA, "arm_heavy_or_numb hurrying_or_hill eases_when_stops"),
    ("exertion_pain", _ANGINA, "shoulder_or_arm_ache hurrying_or_hill eases_when_stops"),
    ("exertion_pain", _ANGINA, "indigestion_any hurrying_or_hill, throat_tight_any eases_when_stops"),
    ("exertion_pain", _ANGINA, "jaw_ache climbing_stairs_effort eases_when_stops"),
    ("exertion_pain", _ANGINA, "shoulder_or_arm_ache climbing_stairs_effort eases_when_stops"),
    ("exertion_pain", _ANGINA, "arm_heavy_or_numb climbing_stairs_effort, indigestion_any climbing_stairs_effort"),
    ("exertion_pain", _ANGINA, "chest_pain_at_rest hurrying_or_hill"),
    ("exertion_pain", _ANGINA, "chest_pain_at_rest eases_when_stops"),
    ("exertion_pain", _ANGINA, "between_blades hurrying_or_hill eases_when_stops"),
    ("exertion_pain", _ANGINA, "between_blades climbing_stairs_effort eases_when_stops"),
    ("exertion_pain", _ANGINA, "jaw_ache eases_when_stops on_exertion"),
    ("defibrillator_shock", _SHOCK, "heart_device jolted"),
    ("faint_on_exertion", _FAINT, "went_out in_sport_now, blackout in_sport_now, nearly_fainted in_sport_now"),
    ("faint_on_exertion", _FAINT, "went_out heart_flips, blackout heart_flips"),
    ("faint_on_exertion", _FAINT, "nearly_fainted heart_flips, went_out young_sudden_death"),
    ("faint_on_exertion", _FAINT, "blackout young_sudden_death, nearly_fainted young_sudden_death"),
    ("faint_on_exertion", _FAINT, "heart_racing went_out, heart_racing blackout, went_out climbing_stairs_effort"),
    ("faint_on_exertion", _FAINT, "went_out hurrying_or_hill"),
    ("pulmonary_embolism", _PE, "breathless fresh_operation, breathless recent_operation, breathless travelled_long"),
    ("pulmonary_embolism", _PE, "breathless bed_or_chair_long"),
    ("pulmonary_embolism", _PE, "puffed_at_little fresh_operation, puffed_at_little recent_operation"),
    ("pulmonary_embolism", _PE, "puffed_at_little travelled_long, puffed_at_little bed_or_chair_long"),
    ("pulmonary_embolism", _PE, "puffed_at_little in_a_cast, puffed_at_little gave_birth_recently"),
    ("pulmonary_embolism", _PE, "puffed_at_little sudden_onset, puffed_at_little one_leg_big"),
    ("pulmonary_embolism", _PE, "puffed_at_little calf_swelling, breathless one_leg_big, breathless leg_red_or_warm"),
    ("pulmonary_embolism", _PE, "pain_with_breath blood_coughed"),
    ("pulmonary_embolism", _PE, "pain_with_breath fresh_operation, pain_with_breath recent_operation"),
    ("pulmonary_embolism", _PE, "pain_with_breath travelled_long, pain_with_breath in_a_cast"),
    ("pulmonary_embolism", _PE, "pain_with_breath bed_or_chair_long, pain_with_breath one_leg_big"),
    ("pulmonary_embolism", _PE, "pain_with_breath calf_swelling, pain_with_breath gave_birth_recently"),
    ("pulmonary_embolism", _PE, "pain_with_breath sudden_onset breathless, blood_coughed breathless"),
    ("pulmonary_embolism", _PE, "blood_coughed calf_sore_any, pain_with_breath pregnant"),
    ("pulmonary_embolism", _PE, "sats_lowish breathless recent_operation, sats_lowish breathless joint_replacement"),
    ("pulmonary_embolism", _PE, "sats_lowish breathless sudden_onset"),
    ("blood_clot_leg", _DVT, "one_leg_big leg_red_or_warm, one_leg_big travelled_long"),
    ("blood_clot_leg", _DVT, "one_leg_big bed_or_chair_long, one_leg_big fresh_operation"),
    ("blood_clot_leg", _DVT, "one_leg_big in_a_cast, one_leg_big pregnant, one_leg_big cancer"),
    ("blood_clot_leg", _DVT, "one_leg_big gave_birth_recently, one_leg_big clot_before"),
    ("blood_clot_leg", _DVT, "one_leg_big calf_sore_any, one_leg_big sudden_onset, calf_sore_any leg_red_or_warm"),
    ("blood_clot_leg", _DVT, "calf_sore_any travelled_long"),
    ("blood_clot_leg", _DVT, "calf_sore_any bed_or_chair_long, calf_sore_any in_a_cast, calf_sore_any clot_before"),
    ("blood_clot_leg", _DVT, "calf_sore_any pregnant, leg_red_or_warm travelled_long"),
    ("blood_clot_leg", _DVT, "calf_swelling travelled_long, calf_swelling bed_or_chair_long"),
    ("blood_clot_leg", _DVT, "calf_swelling fresh_operation, line_in_arm arm_big, one_leg_big recent_operation"),
    ("blood_clot_leg", _DVT, "leg_red_or_warm bed_or_chair_long, leg_red_or_warm calf_swelling"),
    ("aortic_emergency", _AORTA, "worst_pain_ever between_blades, aneurysm_known back_pain_strong"),
    ("aortic_emergency", _AORTA, "aneurysm_known gray_or_pale_face, aneurysm_known nearly_fainted"),
    ("aortic_emergency", _AORTA, "aneurysm_known blackout, aneurysm_known dizzy_or_faint_more"),
    ("aortic_emergency", _AORTA, "aneurysm_known chest_pain_at_rest, aneurysm_known worst_pain_ever"),
    ("aortic_emergency", _AORTA, "belly_pulses back_pain_strong, belly_pulses b28013"),
    ("aortic_emergency", _AORTA, "belly_pulses gray_or_pale_face, back_pain_strong gray_or_pale_face"),
    ("aortic_emergency", _AORTA, "back_pain_strong went_out, between_blades sudden_onset gray_or_pale_face"),
    ("aortic_emergency", _AORTA, "between_blades sudden_onset cold_sweat"),
    ("aortic_emergency", _AORTA, "worst_pain_ever sudden_onset gray_or_pale_face"),
    ("aortic_emergency", _AORTA, "worst_pain_ever went_out back_pain_strong"),
    ("aortic_emergency", _AORTA, "between_blades sudden_onset worst_pain_ever"),
    ("limb_without_blood", _LIMB, "limb_stone_cold limb_no_color, limb_stone_cold limb_dead"),
    ("limb_without_blood", _LIMB, "limb_stone_cold no_pulse_limb, limb_no_color no_pulse_limb"),
    ("limb_without_blood", _LIMB, "limb_stone_cold other_limb_normal, limb_no_color other_limb_normal"),
    ("limb_without_blood", _LIMB, "limb_no_color limb_dead, cold_limb limb_no_color"),
    ("limb_without_blood", _LIMB, "cold_limb no_pulse_limb, limb_stone_cold sudden_onset"),
    ("limb_without_blood", _LIMB, "limb_no_color sudden_onset, limb_dead no_pulse_limb, cold_limb limb_dead"),
    ("leg_pain_walking_rest_eases", _PAD, "leg_muscle_pain walk_distance eases_when_stops"),
    ("leg_pain_walking_rest_eases", _PAD, "leg_muscle_pain leg_arteries_bad walk_distance"),
    ("leg_pain_walking_rest_eases", _PAD, "calf_sore_any walk_distance eases_when_stops"),
    ("leg_pain_walking_rest_eases", _PAD, "leg_muscle_pain eases_when_stops d450"),
    ("leg_pain_walking_rest_eases", _PAD, "leg_muscle_pain eases_when_stops hurrying_or_hill"),
    ("leg_pain_walking_rest_eases", _PAD, "leg_muscle_pain leg_arteries_bad eases_when_stops"),
    ("severe_breathlessness", _AIR, "few_words breathless, few_words fights_for_air, few_words puffed_at_little"),
    ("severe_breathlessness", _AIR, "few_words blue_lips_more, blue_lips_more breathless"),
    ("severe_breathlessness", _AIR, "blue_lips_more puffed_at_little, blue_lips_more fights_for_air"),
    ("severe_breathlessness", _AIR, "inhaler_used no_relief, inhaler_used few_words"),
    ("severe_breathlessness", _AIR, "fights_for_air breathless, fights_for_air puffed_at_little"),
    ("severe_breathlessness", _AIR, "inhaler_used blue_lips_more, fights_for_air baby"),
    ("severe_breathlessness", _AIR, "fights_for_air child, sats_lowish few_words, sats_lowish fights_for_air"),
    ("severe_breathlessness", _AIR, "sats_lowish blue_lips_more"),
    ("heart_failure_weight_gain", _HF, "legs_full_of_water air_lying_down, legs_full_of_water breathless"),
    ("heart_failure_weight_gain", _HF, "legs_full_of_water puffed_at_little"),
    ("heart_failure_weight_gain", _HF, "legs_full_of_water heart_disease, legs_full_of_water heart_weak_more"),
    ("heart_failure_weight_gain", _HF, "legs_full_of_water water_pills_off"),
    ("heart_failure_weight_gain", _HF, "weight_up_days breathless, weight_up_days legs_full_of_water"),
    ("heart_failure_weight_gain", _HF, "weight_up_days heart_disease, weight_up_days heart_weak_more"),
    ("heart_failure_weight_gain", _HF, "weight_up_days puffed_at_little, weight_up_days air_lying_down"),
    ("heart_failure_weight_gain", _HF, "weight_up_days fast_weight_gain, fast_weight_gain puffed_at_little"),
    ("heart_failure_weight_gain", _HF, "fast_weight_gain air_lying_down, air_lying_down heart_weak_more breathless"),
    ("heart_failure_weight_gain", _HF, "fast_weight_gain water_pills_off"),
    ("heart_failure_weight_gain", _HF, "water_pills_off breathless, water_pills_off puffed_at_little"),
    ("heart_failure_weight_gain", _HF, "air_lying_down water_pills_off"),
    ("anaphylaxis", _ALLERGY, "allergen_more tongue_or_lips_huge, skin_breaks_out tongue_or_lips_huge"),
    ("anaphylaxis", _ALLERGY, "rash tongue_or_lips_huge, tongue_or_lips_huge breathless"),
    ("anaphylaxis", _ALLERGY, "skin_breaks_out throat_or_voice_closing, rash throat_or_voice_closing"),
    ("anaphylaxis", _ALLERGY, "allergen_more skin_breaks_out throat_or_voice_closing"),
    ("anaphylaxis", _ALLERGY, "skin_breaks_out dizzy_or_faint_more, skin_breaks_out nearly_fainted"),
    ("anaphylaxis", _ALLERGY, "skin_breaks_out blackout, skin_breaks_out breathless"),
    ("anaphylaxis", _ALLERGY, "rash dizzy_or_faint_more allergen_more, rash throws_up allergen_more"),
    ("anaphylaxis", _ALLERGY, "skin_breaks_out throws_up, skin_breaks_out went_out"),
    ("anaphylaxis", _ALLERGY, "tongue_or_lips_huge throat_or_voice_closing, sting_or_allergen tongue_or_lips_huge"),
    ("anaphylaxis", _ALLERGY, "sting_or_allergen throat_or_voice_closing"),
    ("anaphylaxis", _ALLERGY, "allergen_more face_or_lips_swelling, sting_or_allergen dizzy_or_faint_more"),
    ("anaphylaxis", _ALLERGY, "tongue_or_lips_huge lump, face_or_lips_swelling lump"),
    ("heat_or_cold_emergency", _HEAT, "very_hot_place confused, very_hot_place talks_oddly_or_dull"),
    ("heat_or_cold_emergency", _HEAT, "very_hot_place body_overheated, very_hot_place went_out"),
    ("heat_or_cold_emergency", _HEAT, "very_hot_place blackout, very_hot_place throws_up"),
    ("heat_or_cold_emergency", _HEAT, "body_overheated talks_oddly_or_dull, body_overheated confused"),
    ("heat_or_cold_emergency", _HEAT, "body_overheated throws_up, body_overheated went_out"),
    ("heat_or_cold_emergency", _COLD, "very_cold_person talks_oddly_or_dull, very_cold_person confused"),
    ("heat_or_cold_emergency", _COLD, "very_cold_person went_out, very_cold_person blackout"),
)

COMBINATIONS = tuple(
    Combination(raises=raises, signs=tuple(group.split()), sources=(source,))
    for raises, source, groups in _ROWS
    for group in groups.split(", ")
)
