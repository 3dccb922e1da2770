"""When signs of children, carers, violence and despair alarm together: our own inferences, unchecked (S7)."""

from reable.knowledge.rules import judged, rules

_SKILLS = judged("raisingchildren-regression", "About developmental regression")
_LIMP = judged("rcht-limp-2021", "Red and amber features")
_TOES = judged("lecras-toe-walking", "Red flags")
_CHILD = judged("nice-cg89", "1.1 Physical features")
_PLAN = judged("acep-suicide-signs", "Know the risk factors and warning signs")
_LOW = judged("nimh-suicide-warning-signs", "Warning signs")
_SELF = judged("mayo-self-injury", "Suicide risk")
_CARER = judged("bucks-caregivers", "Caregiver Red Flags")
_HOME = judged("uspstf-ipv-2018", "Screening Tests; Treatments and Interventions")
_ELDER = judged("ncea-suspect-abuse", "Adult Protective Services")
_NEGLECT = judged("nhcasa-neglect", "Neglect Indicators")
_ALONE = judged("cass-aps-checklist", "Self Neglect")
_DRIVING = judged("nice-qs71", "Statement 5")
_THREAT = judged("hre4u-call-999", "When to call 999")

_A_CHILD = "child|a_child_told"
_OLD = "older_person|over_sixty|said_old_age|old_age_told|a_grandparent|person_in_care"

_ROWS = (
    ("child_loses_skills_slowly", _SKILLS, f"{_A_CHILD} hand_wringing, child strength_going"),
    ("child_loses_skills_fast", _SKILLS, f"{_A_CHILD} unsteady_walking|stiff_or_drunken_walk after_infection"),
    ("child_loses_skills_fast", _SKILLS, f"{_A_CHILD} unsteady_walking|stiff_or_drunken_walk skill_gone began_lately"),
    ("toe_walking_new", _TOES, "child on_toes_told|walks_on_toes began_lately"),
    ("child_limp", _LIMP, "baby|child child_will_not_walk began_lately|began_now|said_now"),
    ("child_abuse", _CHILD, f"{_A_CHILD} bleeds_plain skill_gone|cannot_bear_touch|fear_of_person"),
    ("child_abuse", _CHILD, f"{_A_CHILD} family_man odd_touch|harsh_punish"),
    ("suicide_plan", _PLAN, "ending_prepared|means_at_hand no_future|feels_hopeless|wants_to_be_gone"),
    ("suicidal_thoughts", _LOW, "ending_prepared child, note_found a_child_told|kin_or_carer|a_partner"),
    ("suicidal_thoughts", _LOW, "wants_to_be_gone no_future|very_low_mood|feels_hopeless"),
    ("self_harm", _SELF, "cuts_seen secret_kept|secrecy|hides_skin"),
    ("carer_may_harm", _CARER, "rough_act carer_at_the_end|afraid_to_hurt|remorse"),
    ("carer_may_harm", _CARER, "rough_hands shut_in, afraid_to_hurt carer_at_the_end"),
    ("harm_to_others", _THREAT, "weapon_told threat_words|knows_where|plots_harm, plots_harm threat_words"),
    ("grave_harm_at_home", _HOME, "a_partner grave_threat knows_where|fear_at_home|hits_or_throws|hand_fracture"),
    ("partner_violence", _HOME, "hits_or_throws secrecy|injury_excuse|has_a_bruise|mark_on_skin"),
    ("partner_violence", _HOME, "a_partner injury_excuse|secrecy|grave_threat"),
    ("elder_abuse", _ELDER, f"{_OLD} shut_in rough_hands|not_changed|no_food_given|wet_self"),
    ("neglect", _NEGLECT, "not_changed not_eating_or_drinking|no_food_given|seat_or_heel_sore|leg_cannot_stand"),
    ("neglect", _NEGLECT, f"{_A_CHILD} shut_in|not_changed no_food_given|hours_passed"),
    ("neglect", _NEGLECT, "child adult_gone|no_food_given food_out|no_food_given|kin_or_carer"),
    ("cannot_care_for_self_alone", _ALONE, "nobody_till food_out|stuck_in_place|no_food_given|not_eating_or_drinking"),
    ("blackout", _DRIVING, "drives_told|drives_now blank_spell|found_off_road began_lately|found_off_road"),
)

COMBINATIONS = rules(_ROWS)
