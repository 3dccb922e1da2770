"""When the consequences of a stroke, a head blow or a sick sense alarm together (S7), told as strangers tell them."""

from reable.knowledge.rules import read, rules, told

_STROKE = read("nih-seniorhealth-stroke", "What are the warning signs of stroke")
_TIA = told("rcp-stroke-2023", "suspected TIA")
_FACE = told("nhs-bells-palsy", "Call 999 if")
_PALSY = told("aao-hns-bells-palsy-2013", "oral steroids within 72 hours")
_SWALLOW = read("breatheworks-swallowing", "Quick take")
_GCA = read("lanarkshire-gca", "presentation")
_EAR = read("aao-hns-shl-2019", "Abstract")
_CLAP = read("becker-headache-2015", "table of red flags, emergent")
_HEADACHE = read("becker-headache-2015", "table of red flags, urgent")
_MENINGITIS = read("hackney-meningitis", "Symptoms of meningitis; glass test")
_BLOW = read("cdc-concussion-danger", "Danger signs and symptoms of a concussion")
_THIN = told("nice-cg176", "referral to emergency department, anticoagulant")
_ARTERY = read("acepnow-dissection-2013", "Carotid artery dissection")

_DELIR = read("nice-cg103", "1.3.1")
_GBS = read("mayo-gbs", "When to see a doctor")
_FIT = read("utmb-seizure-911", "Do I call 911")
_VCF = read("altru-compression-fracture", "whole page")
_CES = read("cornwall-rms-back", "Red flags, cauda equina")
_SPINE_INJURY = read("hawaii-sci-recognizing", "Recognizing a Spinal Cord Injury")
_MG = read("mgfa-crisis", "MG Exacerbations and Crisis")
_MSCC = read("acute-oncology-mscc", "page 3, warning signs")
_MISSING = read("brightfocus-missing", "Do not wait")

_SIXTY = "over_sixty|number_over_sixty"
_CRACKED = "spine_crunch|neck_will_not_turn"
_NEWLY = "sudden_onset|began_lately|was_fine_lately"

_ROWS = (  # the flag, its source, groups of signs: all of one group must have been said
    ("stroke_signs", _STROKE, "mouth_leaks arm_gone began_now, mouth_leaks speech_off began_now"),
    ("stroke_signs", _STROKE, "mouth_leaks leg_gone began_now, mouth_leaks arm_gone speech_off"),
    ("stroke_signs", _STROKE, "arm_gone speech_off began_now, leg_gone speech_off began_now"),
    ("stroke_signs", _STROKE, "facial_droop_new arm_gone began_now, facial_droop_new leg_gone began_now"),
    ("stroke_signs", _STROKE, "facial_droop_new speech_off began_now, arm_gone leg_gone began_now"),
    ("stroke_signs", _STROKE, "arm_gone leg_gives began_now, leg_gives speech_off began_now"),
    ("stroke_signs", _STROKE, "arm_gone speech_trouble began_today, leg_gone speech_trouble began_today"),
    ("stroke_signs", _STROKE, "leg_gives speech_trouble began_today, mouth_leaks speech_trouble began_today"),
    ("stroke_signs", _STROKE, "side_weak speech_off began_today, facial_droop_new side_weak began_today"),
    ("stroke_signs", _STROKE, "side_weak new_slurred_speech began_today, face_arm_numb began_today"),
    ("stroke_signs", _STROKE, "sight_going unsteady_walking began_today, facial_droop_new leg_gives began_today"),
    ("tia_resolved", _TIA, "over_quickly speech_off, over_quickly speech_trouble, over_quickly arm_gone"),
    ("tia_resolved", _TIA, "over_quickly facial_droop_new, over_quickly face_arm_numb, over_quickly mouth_leaks"),
    ("tia_resolved", _TIA, "over_quickly sudden_vision_loss, over_quickly leg_gone, over_quickly sight_gone"),
    ("facial_droop_new", _FACE, "mouth_leaks began_now, mouth_leaks arm_gone, mouth_leaks speech_off"),
    ("facial_droop_sudden", _FACE, "facial_droop_new began_today, mouth_leaks began_today"),
    ("facial_droop_sudden", _FACE, "facial_droop_new|mouth_leaks in_the_middle_of"),
    ("new_slurred_speech", _STROKE, "speech_off in_the_middle_of"),
    ("sudden_vision_loss", _STROKE, "sight_gone|half_sight in_the_middle_of"),
    ("sudden_limb_weakness", _STROKE, "limb_not_answering in_the_middle_of"),
    ("stroke_signs", _STROKE, "arm_gone leg_gone in_the_middle_of"),
    ("tia_resolved", _TIA, "short_time_said speech_off|facial_droop_new|face_arm_numb|mouth_leaks|power_went"),
    ("tia_resolved", _TIA, "short_time_said sudden_vision_loss|sight_gone"),
    ("facial_palsy_untreated", _PALSY, "bells_said not_treated_yet, bells_said began_today"),
    ("new_slurred_speech", _STROKE, "speech_off began_now, speech_off sudden_onset, speech_trouble began_today"),
    ("new_slurred_speech", _STROKE, "speech_off arm_gone, speech_off leg_gone, speech_off mouth_leaks"),
    ("new_swallowing_trouble", _SWALLOW, "swallow_off lately_new, swallowing_hard lately_new"),
    ("sudden_vision_loss", _STROKE, "sight_gone began_today, sight_gone sudden_onset, sight_going sudden_onset"),
    ("gca_visual_loss", _GCA, "temple_sore sight_going, jaw_tires sight_going, jaw_tires sight_gone"),
    ("gca_visual_loss", _GCA, "polymyalgia sight_going, polymyalgia sight_gone, temple_sore sudden_vision_loss"),
    ("gca_visual_loss", _GCA, "jaw_tires sudden_vision_loss, polymyalgia sudden_vision_loss, temple_sore sight_gone"),
    ("gca_signs", _GCA, f"temple_sore {_SIXTY}, temple_sore jaw_tires, temple_sore polymyalgia"),
    ("gca_signs", _GCA, f"temple_sore older_person, jaw_tires headache_any {_SIXTY}"),
    ("gca_signs", _GCA, f"jaw_tires polymyalgia, head_hurts_bad polymyalgia, jaw_tires head_hurts_bad {_SIXTY}"),
    ("sudden_hearing_loss", _EAR, "ear_off began_today, ear_off sudden_onset"),
    ("thunderclap_headache", _CLAP, "head_hurts_bad in_seconds worst_ever, head_hurts_bad in_seconds been_sick"),
    ("thunderclap_headache", _CLAP, "in_seconds worst_ever headache_any, head_hurts_bad in_seconds neck_like_board"),
    ("severe_new_headache", _HEADACHE, "head_hurts_bad headache_changed, head_hurts_bad in_seconds"),
    ("severe_new_headache", _HEADACHE, "head_hurts_bad pregnant, head_hurts_bad gave_birth_recently"),
    ("meningitis", _MENINGITIS, "fever neck_like_board, fever_number neck_like_board, fever hides_from_light"),
    ("meningitis", _MENINGITIS, "fever_number hides_from_light, fever spots_that_stay, fever_number spots_that_stay"),
    ("meningitis", _MENINGITIS, "fever very_drowsy, fever_number very_drowsy, neck_like_board spots_that_stay"),
    ("meningitis", _MENINGITIS, "neck_like_board hides_from_light been_sick"),
    ("head_injury", _BLOW, "head_hit_more out_or_blank, head_knock out_or_blank, head_hit_more blackout"),
    ("head_injury", _BLOW, "head_hit_more been_sick, head_knock been_sick, head_hit_more confused"),
    ("head_injury", _BLOW, "head_hit_more very_drowsy, head_knock very_drowsy, head_hit_more seizure_any"),
    ("head_injury", _BLOW, "head_hit_more fluid_nose_ear, head_knock fluid_nose_ear, had_a_fall fluid_nose_ear"),
    ("head_injury", _BLOW, "had_a_fall out_or_blank been_sick, head_hit_more speech_off, head_knock speech_off"),
    ("head_injury_blood_thinner", _THIN, "head_hit_more blood_thinner"),
    ("neck_artery_tear", _ARTERY, "neck_cracked neck_brain_sign, neck_cracked lid_or_pupil, neck_cracked side_weak"),
    (
        "neck_artery_tear",
        _ARTERY,
        "one_sided_neck_pain lid_or_pupil, neck_pain_any lid_or_pupil, neck_cracked sight_going",
    ),
    ("neck_artery_tear", _ARTERY, "one_sided_neck_pain neck_brain_sign been_sick, neck_cracked speech_off"),
    ("neck_artery_tear", _ARTERY, "whiplash neck_brain_sign+sight_going began_now|began_lately"),
    ("new_slurred_speech", _STROKE, "speech_off|speech_trouble was_fine_lately, speech_trouble began_now"),
    ("new_slurred_speech", _STROKE, "speech_off|speech_trouble woke_with_it, speech_off began_today|said_now"),
    ("stroke_signs", _STROKE, "face_arm_numb began_now, mouth_leaks side_weak"),
    (
        "stroke_signs",
        _STROKE,
        "neck_brain_sign+ear_rings sudden_onset swallow_off|swallowing_hard|speech_off|leg_gives",
    ),
    ("stroke_signs", _STROKE, "ear_rings sudden_onset throat_or_voice_closing|one_side_numb|arm_gone|side_weak"),
    ("stroke_signs", _STROKE, "ear_rings sight_going stiff_or_drunken_walk|leg_gives|unsteady_walking|mouth_leaks"),
    ("stroke_signs", _STROKE, "arm_gone lid_or_pupil began_now, speech_off lid_or_pupil began_now"),
    ("guillain_barre", _GBS, "after_infection weak_legs getting_worse|side_weak|facial_droop_new"),
    ("severe_new_headache", _HEADACHE, "head_hurts_bad|headache_any worst_ever been_sick|hides_from_light|throws_up"),
    ("thunderclap_headache", _CLAP, "head_hurts_bad|headache_any in_seconds neck_like_board|been_sick|out_or_blank"),
    ("meningitis", _MENINGITIS, "neck_like_board been_sick head_hurts_bad|headache_any|head_bangs|very_drowsy"),
    ("meningitis", _MENINGITIS, "neck_like_board temp_high|shaking_cold, hides_from_light temp_high"),
    ("delirium", _DELIR, "was_fine_lately sleepy_new|mixes_up_people|mind_off|sees_things"),
    ("delirium", _DELIR, "sees_the_absent odd_deeds said_now, mixes_up_people odd_deeds said_now"),
    ("delirium", _DELIR, "mixes_up_people|sees_things began_lately|fever|infection_told|recent_operation"),
    ("stroke_signs", _STROKE, "side_weak|limb_weak_words speech_trouble|speech_off began_today"),
    ("stroke_signs", _STROKE, "stroke arm_gone|leg_gone began_lately, neck_brain_sign leg_gives began_today"),
    ("stroke_signs", _STROKE, "neck_brain_sign unsteady_walking began_today|sudden_onset"),
    ("sudden_limb_weakness", _STROKE, "arm_gone|leg_gone began_lately"),
    ("sudden_vision_loss", _STROKE, "half_sight began_today"),
    ("head_injury", _BLOW, "head_hit_more|head_knock lid_or_pupil|neck_brain_sign"),
    ("first_seizure", _FIT, "eyes_rolled shakes_now never_before|over_quickly|no_memory"),
    ("cord_compression", _MSCC, "bone_mets bladder_trouble|bladder_urgency|wet_self|legs_not_obeying"),
    ("missing_person_dementia", _MISSING, "memory_fails|dementia cannot_find_them said_now"),
    ("delirium", _DELIR, "was_fine_lately odd_deeds|lost_place_or_time|sees_the_absent recent_operation|began_lately"),
    ("delirium", _DELIR, "lost_place_or_time|odd_deeds new_hip+was_fine_lately"),
    (
        "fragile_spine_fracture",
        _VCF,
        f"small_jolt spine_crunch|back_will_not_straighten|grown_shorter {_SIXTY}|steroids|old_age_told|said_old_age",
    ),
    ("facial_droop_sudden", _FACE, "facial_droop_new woke_with_it"),
    ("sudden_limb_weakness", _STROKE, "leg_gone|arm_gone woke_with_it"),
    ("guillain_barre", _GBS, "legs_heavy|knees_give after_infection tingling_hands_feet|spreads_upward"),
    ("guillain_barre", _GBS, f"legs_heavy|knees_give tingling_hands_feet {_NEWLY}|getting_worse|breathless"),
    ("guillain_barre", _GBS, f"legs_heavy|knees_give spreads_upward {_NEWLY}"),
    ("guillain_barre", _GBS, "after_infection spreads_upward, after_infection stairs_or_chair_fail strength_going"),
    ("head_injury_blood_thinner", _THIN, "blood_thinner had_a_fall lump|a_lump"),
    ("missing_person_dementia", _MISSING, "memory_fails|dementia went_out_alone hours_passed|not_found"),
    ("delirium", _DELIR, "heavy_drinking shakes_now sees_the_absent|sees_things"),
    ("first_seizure", _FIT, "eyes_rolled never_before"),
    ("cauda_equina", _CES, "seat_numb legs_not_obeying"),
    ("cord_compression", _MSCC, "cancer|bone_mets numb_below_a_line"),
    ("cord_compression", _MSCC, "bone_mets spine_crunch leg_cannot_stand|stairs_or_chair_fail|weak_legs"),
    (
        "spinal_fracture",
        _SPINE_INJURY,
        f"had_a_fall|recent_injury head_falls_forward arms_zing|neck_pain_any|{_CRACKED}",
    ),
    ("spinal_fracture", _SPINE_INJURY, "had_a_fall arms_zing neck_pain_any|began_today"),
    (
        "fragile_spine_fracture",
        _VCF,
        f"had_a_fall spine_sore|{_CRACKED}|back_will_not_straighten steroids|osteoporosis|{_SIXTY}|said_old_age",
    ),
    ("myasthenia_crisis", _MG, "lid_or_pupil breath_or_throat_weak"),
    ("head_injury", _BLOW, "lid_or_pupil been_sick, lid_or_pupil head_hurts_bad getting_worse"),
    ("spinal_fracture", _SPINE_INJURY, f"had_a_fall|recent_injury arm_gone|arms_zing {_CRACKED}|neck_pain_any"),
    ("cord_compression", _MSCC, "numb_below_a_line weak_legs began_lately"),
)

COMBINATIONS = rules(_ROWS)
