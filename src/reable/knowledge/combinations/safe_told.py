"""When small signs of children, carers, violence and despair alarm together, as strangers tell them (S7)."""

from reable.knowledge.rules import read, rules

_HIP = read("queensland-limp", "Key points")
_LIMP = read("rcht-limp-2021", "Red and amber features")
_SKILLS = read("raisingchildren-regression", "About developmental regression")
_BRUISE = read("nice-cg89", "1.1.2")
_CHILD = read("nice-cg89", "1.1 Physical features")
_CARER = read("bucks-caregivers", "Caregiver Red Flags")
_HOME = read("uspstf-ipv-2018", "Screening Tests; Treatments and Interventions")
_ELDER = read("ncea-suspect-abuse", "Adult Protective Services")
_NEGLECT = read("nhcasa-neglect", "Neglect Indicators")
_BABY = read("nhs-baby-seriously-ill", "Signs of serious illness in a baby or toddler")
_SELF = read("mayo-self-injury", "Suicide risk")
_PLAN = read("acep-suicide-signs", "Know the risk factors and warning signs")

_INFANT = "baby|under_1_year|under_3_months|months_said+baby_things|months_said+a_child_told"
_A_CHILD = "child|a_child_told"
_VIOLENT = "partner_violence|a_partner|hits_or_throws|fear_at_home"

_ROWS = (
    ("grave_harm_at_home", _HOME, f"{_VIOLENT} neck_grabbed"),
    ("grave_harm_at_home", _HOME, "partner_violence|hits_or_throws weapon_told|thrown_hard+a_partner|grave_threat"),
    ("grave_harm_at_home", _HOME, "a_partner weapon_told+tracks_me|weapon_told+grave_threat|thrown_hard+shut_in"),
    ("grave_harm_at_home", _CHILD, f"{_A_CHILD}|family_man harsh_punish grave_threat"),
    ("grave_harm_at_home", _CHILD, f"{_A_CHILD} patterned_marks harsh_punish|guards_limb"),
    ("grave_harm_at_home", _NEGLECT, "shut_in no_food_given|not_eating_or_drinking"),
    ("grave_harm_at_home", _ELDER, "a_grandparent|older_person struck_word+fear_of_person|rough_hands+fear_of_person"),
    ("child_abuse", _CHILD, "family_man harsh_punish"),
    ("elder_abuse", _ELDER, "a_grandparent|older_person struck_word+kin_or_carer+fear_of_person"),
    ("elder_abuse", _ELDER, "over_sixty|said_old_age|old_age_told shut_in|no_food_given"),
    ("partner_violence", _HOME, "makes_up_after hits_or_throws|thrown_hard"),
    ("carer_may_harm", _CARER, f"{_A_CHILD}|person_in_care rough_act afraid_to_hurt"),
    ("baby_limb_hurt", _BRUISE, f"{_INFANT} guards_limb swollen_joint|swollen_huge|has_a_bruise|mark_on_skin"),
    ("baby_limb_hurt", _BRUISE, f"{_INFANT} leg_fracture|arm_fracture|broken_limb_said has_a_bruise|mark_on_skin"),
    ("baby_limb_hurt", _BRUISE, f"{_INFANT} crack_heard has_a_bruise|mark_on_skin|guards_limb"),
    ("baby_limb_hurt", _BRUISE, "under_3_months guards_limb|swollen_joint|joint_very_big"),
    ("child_hip_emergency", _HIP, "frog_leg fever|fever_number|temp_high"),
    ("child_hip_emergency", _HIP, f"{_INFANT}|a_child_told guards_limb fever|fever_number|feels_warm_baby"),
    ("child_hip_emergency", _HIP, f"{_INFANT}|baby_things child_will_not_walk fever|fever_number|temp_high"),
    ("baby_very_ill", _BABY, "under_3_months not_feeding+feels_warm_baby"),
    ("child_limp", _LIMP, f"{_A_CHILD}|school_age duck_foot leg_pain_told|hobbles|limps"),
    ("child_limp", _LIMP, "school_age hobbles leg_pain_told"),
    ("child_loses_skills_fast", _SKILLS, f"{_INFANT} skill_gone fit_or_jerks"),
    ("child_loses_skills_fast", _SKILLS, "skill_gone hand_wringing"),
    ("child_loses_skills_fast", _SKILLS, f"{_A_CHILD}|school_age morning_vomits head_tilts|clumsy_new|skill_gone"),
    ("suicide_plan", _PLAN, "ending_prepared no_future|alone_moment|means_at_hand"),
    ("self_harm", _SELF, "cuts_seen relief_after"),
)

COMBINATIONS = rules(_ROWS)
