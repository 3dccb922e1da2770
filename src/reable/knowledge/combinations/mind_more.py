"""When small signs of children, mind and safety alarm together (S7). Rows: flag, source, a group of signs.

In a group every `a|b` stands for one of its signs; `2of a|b|c` for any two of them.
"""

from reable.knowledge.rules import read, rules, told

_HIP = read("queensland-limp", "Key points")
_LIMP = read("rcht-limp-2021", "Red and amber features")
_SKILLS = read("raisingchildren-regression", "About developmental regression")
_MOTOR = told("nice-ng127", "Motor development delay")
_BABY = read("nhs-baby-seriously-ill", "Signs of serious illness in a baby or toddler")
_PLAN = read("acep-suicide-signs", "Know the risk factors and warning signs")
_LOW = told("nimh-suicide-warning-signs", "Warning signs")
_CARER = read("bucks-caregivers", "Caregiver Red Flags")
_HOME = read("uspstf-ipv-2018", "Screening Tests; Treatments and Interventions")
_CHILD = read("nice-cg89", "1.1 Physical features")
_ELDER = read("ncea-suspect-abuse", "Adult Protective Services")
_PSYCHOSIS = told("nhs-psychosis", "See a GP immediately")
_TOES = read("lecras-toe-walking", "Red flags")
_BRUISE = read("nice-cg89", "1.1.2")
_SELF = read("mayo-self-injury", "Suicide risk")
_THREAT = read("hre4u-call-999", "When to call 999")
_NEGLECT = read("nhcasa-neglect", "Neglect Indicators")
_ALONE = read("cass-aps-checklist", "Self Neglect")
_DRIVING = read("nice-qs71", "Statement 5")

_INFANT = "baby|under_1_year|months_said+baby_things|months_said+a_child_told"
_HOPELESS = "feels_hopeless|feels_a_burden|no_future|others_better"
_CONTROLLED = "controls_people|controls_money|tracks_me|jealous"
_HURT_AT_HOME = f"{_CONTROLLED}|fear_at_home|injury_excuse|secrecy|hits_or_throws|scared_of_home|he_is_out"
_LEFT = "not_changed|no_food_given|adult_gone"
_CARED_FOR = "person_in_care|carer_at_the_end"
_UNREAL = "messages_from_things|spied_or_poisoned|unseen_talk|hardly_sleeps_high|grand"

_ROWS = (
    ("child_hip_emergency", _HIP, "child|a_child_told child_will_not_walk fever"),
    ("child_hip_emergency", _HIP, "child child_will_not_walk leg_pain_told"),
    ("child_hip_emergency", _HIP, "child hobbles|leg_pain_told fever"),
    ("child_hip_emergency", _HIP, "child hip_popped"),
    ("child_limp", _LIMP, "child hobbles"),
    ("child_limp", _LIMP, "child|a_child_told hobbles leg_pain_told"),
    ("child_limp", _LIMP, "child|a_child_told child_will_not_walk began_lately|sudden_onset"),
    ("child_loses_skills_fast", _SKILLS, "child|a_child_told|baby skill_gone in_days"),
    ("child_loses_skills_slowly", _SKILLS, "child|a_child_told|baby skill_gone|muscle_signs"),
    ("not_walking_18_months", _MOTOR, "age_18_months|turns_two crawls_only"),
    ("not_walking_18_months", _MOTOR, "turns_two not_walking_yet"),
    ("not_walking_18_months", _MOTOR, "age_18_months not_walking_yet child|a_child_told|baby"),
    ("hand_preference_before_1", _MOTOR, f"{_INFANT} one_hand_baby plays|baby|a_child_told|baby_things"),
    ("hand_preference_before_1", _MOTOR, f"{_INFANT} lefty_told"),
    ("toe_walking_new", _TOES, "on_toes_told|walks_on_toes toes_not_before child|a_child_told"),
    ("baby_bruise_or_fracture", _BRUISE, f"{_INFANT} mark_on_skin|has_a_bruise"),
    ("baby_bruise_or_fracture", _BRUISE, f"{_INFANT} guards_limb sudden_onset|was_fine_lately"),
    ("baby_very_ill", _BABY, f"{_INFANT} odd_color|breathes_hard|sleepy_floppy"),
    ("baby_very_ill", _BABY, f"{_INFANT} not_feeding fever|very_sleepy_baby"),
    ("baby_very_ill", _BABY, "under_3_months baby|baby_things|a_child_told fever"),
    ("baby_very_ill", _BABY, "months_said not_feeding fever"),
    ("suicide_plan", _PLAN, "2of ending_prepared|means_at_hand|alone_moment"),
    ("suicide_plan", _PLAN, "suicidal_thoughts|wants_to_be_gone means_at_hand|ending_prepared|alone_moment"),
    ("suicide_plan", _PLAN, f"{_HOPELESS} means_at_hand|ending_prepared"),
    ("suicidal_thoughts", _LOW, f"2of {_HOPELESS}|wants_to_be_gone"),
    ("suicidal_thoughts", _LOW, "very_low_mood no_future|others_better|wants_to_be_gone"),
    ("self_harm", _SELF, "2of cuts_seen|hides_skin|blade_found|hurts_self_told"),
    ("self_harm", _SELF, "hurts_self_told|blade_found relief_after"),
    ("carer_may_harm", _CARER, "rough_act remorse"),
    ("carer_may_harm", _CARER, f"{_CARED_FOR} impulse_to_harm"),
    ("carer_may_harm", _CARER, "carer_at_the_end rough_act|afraid_to_hurt"),
    ("carer_may_harm", _CARER, "rough_act afraid_to_hurt"),
    ("carer_may_harm", _CARER, "remorse afraid_to_hurt"),
    ("carer_may_harm", _CARER, "carer_at_the_end person_in_care struck_word"),
    ("harm_to_others", _THREAT, "2of threat_words|weapon_told|knows_where"),
    ("partner_violence", _HOME, f"2of {_HURT_AT_HOME}|makes_up_after"),
    ("partner_violence", _HOME, "a_partner hits_or_throws|controls_people|tracks_me"),
    ("partner_violence", _HOME, "a_partner fear_at_home|injury_excuse|secrecy"),
    ("child_abuse", _CHILD, "family_man odd_touch|secret_kept|watched_undressed|fear_of_person"),
    ("child_abuse", _CHILD, "2of patterned_marks|secret_kept|odd_touch|fear_of_person|harsh_punish"),
    ("child_abuse", _CHILD, "child|a_child_told patterned_marks|harsh_punish"),
    ("child_abuse", _CHILD, "child injury_excuse|fear_at_home|scared_of_home"),
    ("child_abuse", _CHILD, "fear_of_person scared_of_home"),
    ("elder_abuse", _ELDER, "2of controls_money|shut_in|shamed|rough_hands|speaks_for"),
    ("elder_abuse", _ELDER, "kin_or_carer|older_person controls_money|shut_in|rough_hands|shamed"),
    ("child_abuse", _CHILD, "child|a_child_told fear_of_person patterned_marks|mark_on_skin|has_a_bruise"),
    ("elder_abuse", _ELDER, "speaks_for has_a_bruise|mark_on_skin"),
    ("neglect", _NEGLECT, f"2of {_LEFT}"),
    ("neglect", _NEGLECT, "a_child_told adult_gone|no_food_given"),
    ("neglect", _NEGLECT, "kin_or_carer not_changed|no_food_given"),
    ("neglect", _NEGLECT, "a_grandparent|older_person|old_age_told not_changed"),
    ("psychosis_or_mania", _PSYCHOSIS, f"2of {_UNREAL}"),
    ("cannot_care_for_self_alone", _ALONE, "2of stuck_in_place|food_out|nobody_till"),
    ("cannot_care_for_self_alone", _ALONE, "alone_without_help stuck_in_place|food_out"),
    ("cannot_care_for_self_alone", _ALONE, "nobody_till|stuck_in_place not_eating_or_drinking"),
    ("drive_after_blackout", _DRIVING, "drives_told|drives_now blank_spell|half_sight"),
    ("drive_after_blackout", _DRIVING, "drives_told blackout|seizure_any|first_seizure"),
    ("child_limp", _LIMP, "child limps"),
    ("child_hip_emergency", _HIP, "child child_will_not_walk|cannot_bear_weight after_infection|skin_hot_told"),
    ("baby_very_ill", _BABY, "under_3_months fever|limp_weak|very_drowsy|not_feeding"),
    ("baby_bruise_or_fracture", _BRUISE, "baby belly_alarm leg_muscle_pain"),
    ("suicide_plan", _PLAN, "wants_to_be_gone ending_prepared"),
    ("blackout", _DRIVING, "drives_told|drives_now went_out began_lately"),
    ("elder_abuse", _ELDER, "a_grandparent|older_person fear_of_person|rough_hands"),
    ("partner_violence", _HOME, "controls_money he_is_out"),
    ("elder_abuse", _ELDER, "controls_money|shut_in he_is_out"),
    ("cannot_care_for_self_alone", _ALONE, "stuck_in_place no_food_given"),
    ("psychosis_or_mania", _PSYCHOSIS, "messages_from_things must_not_miss"),
    ("suicide_plan", _PLAN, "means_at_hand no_future|wants_to_be_gone|said_now"),
    ("child_abuse", _CHILD, "family_man fear_at_home patterned_marks|harsh_punish|fear_of_person"),
    ("elder_abuse", _ELDER, "no_food_given clothes_fall_off|weight_loss|shamed"),
)

COMBINATIONS = rules(_ROWS)
